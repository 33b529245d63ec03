/** The video: play, seek, frame by frame, speed; and "time", an event at each picture shown. */
import { analysis, frameS, neighbourFrame, videoName } from "./data.js";
import { byId, clock } from "./look.js";

export const video = byId("video");
const duration = analysis.video.duration_s;

/** Time of the picture on the screen, s; where there is no video, where the reader has gone. */
let shown = 0;
export const now = () => shown;

function show(time) {
  shown = time;
  byId("seek").value = String(time);
  byId("seek").setAttribute("aria-valuetext", `${clock(time)} of ${clock(duration)}`);
  byId("clock").textContent = `${clock(time)} / ${clock(duration)}`;
  dispatchEvent(new CustomEvent("time", { detail: time }));
}

/** Go to a time; a hair past it, so that the frame that begins there is the one shown. */
export function seek(time) {
  const at = Math.max(0, Math.min(time, duration));
  if (video.readyState > 0) video.currentTime = at + Math.min(frameS / 4, 0.004);
  show(at);
}

export function toggle() {
  if (video.paused) video.play().catch(() => {}); else video.pause();
}

export function frame(direction) {
  video.pause();
  seek(neighbourFrame(shown, direction));
}

const SPEEDS = [0.1, 0.25, 0.5, 1, 1.5, 2];
export function faster(direction) {
  const at = SPEEDS.indexOf(Number(byId("speed").value)) + direction;
  if (at < 0 || at >= SPEEDS.length) return;
  byId("speed").value = String(SPEEDS[at]);
  video.playbackRate = SPEEDS[at];
}

export function mute() {
  video.muted = !video.muted;
  byId("mute").setAttribute("aria-pressed", String(video.muted));
  byId("mute").title = video.muted ? "Sound on (M)" : "Sound off (M)";
}

export function fullscreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else byId("stage").requestFullscreen?.();
}

/** Draw with each picture that is shown, where the browser tells; else with each screen refresh. */
function follow() {
  if (video.requestVideoFrameCallback) {
    const onPicture = (_, picture) => {
      if (!video.seeking) show(picture.mediaTime);
      video.requestVideoFrameCallback(onPicture);
    };
    video.requestVideoFrameCallback(onPicture);
    return;
  }
  const tick = () => {
    if (!video.paused) show(video.currentTime);
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

function sayMissing() {
  byId("missing").hidden = false;
  byId("stage").classList.add("without");
}

/** Whoever moved the page without its video chooses it; it is read here and sent nowhere. */
function choose(event) {
  const file = event.target.files[0];
  if (!file) return;
  byId("missing").hidden = true;
  byId("stage").classList.remove("without");
  video.src = URL.createObjectURL(file);
}

function onPlaying() {
  const label = video.paused ? "Play" : "Pause";
  byId("play").classList.toggle("playing", !video.paused);
  byId("play").setAttribute("aria-label", label);
  byId("play").title = `${label} (space)`;
}

export function startPlayer() {
  const { width, height } = analysis.video;
  const ratio = width > 0 && height > 0 ? width / height : 16 / 9;
  byId("stage").style.setProperty("--ratio", String(ratio));
  const seekBar = byId("seek");
  seekBar.max = String(duration);
  seekBar.step = String(Math.max(frameS, 0.001));
  seekBar.addEventListener("input", () => seek(Number(seekBar.value)));
  for (const name of ["play", "pause", "ended"]) video.addEventListener(name, onPlaying);
  video.addEventListener("error", sayMissing);
  video.addEventListener("loadeddata", () => { seek(shown); });
  byId("choose").addEventListener("change", choose);
  byId("play").addEventListener("click", toggle);
  byId("frame-back").addEventListener("click", () => frame(-1));
  byId("frame-on").addEventListener("click", () => frame(1));
  byId("mute").addEventListener("click", mute);
  byId("fullscreen").addEventListener("click", fullscreen);
  byId("speed").addEventListener("change", () => {
    video.playbackRate = Number(byId("speed").value);
  });
  if (videoName === null) sayMissing(); else video.src = videoName;
  follow();
  onPlaying();
  show(0);
}
