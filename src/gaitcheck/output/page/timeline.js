/** The time line's window: scrolled by the browser, zoomed, clicked, and following the video. */
import { analysis, after, steps, stepsOf } from "./data.js";
import { AXIS_PX, drawCursor, drawLanes, LANE_PX, laneTops, stepAt } from "./lanes.js";
import { announce, byId, sayStep } from "./look.js";
import { now, seek, video } from "./player.js";

const box = byId("timeline");
const canvas = byId("lanes");
const spacer = byId("timeline-space");
const context = canvas.getContext("2d");
const duration = Math.max(analysis.video.duration_s, 0.5);
const PAD_PX = 14;
const MOST_PX_A_SECOND = 600;

let scale = 100;
let selected = null;
let drawing = false;
/** Lanes as drawn last, so that a playing video only moves the cursor over them. */
const layer = new OffscreenCanvas(1, 1);
const layerContext = layer.getContext("2d");
let layerShows = "";

export const selectedStep = () => steps.find((step) => step.id === selected) ?? null;

function view() {
  const from = (box.scrollLeft - PAD_PX) / scale;
  return {
    from, to: from + box.clientWidth / scale, scale,
    top: box.scrollTop, width: box.clientWidth, height: box.clientHeight,
  };
}

/** Draw once before the next screen refresh, however often asked. */
function drawSoon() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    const seen = view();
    if (!layer.width || !layer.height) return; // hidden, as in print
    const shows = JSON.stringify(seen);
    if (layerShows !== shows) {
      layerShows = shows;
      drawLanes(layerContext, seen, selected);
    }
    context.clearRect(0, 0, seen.width, seen.height);
    context.drawImage(layer, 0, 0, seen.width, seen.height);
    drawCursor(context, seen, now());
  });
}

/** The same, with the lanes drawn anew. */
function drawTimeline() {
  layerShows = "";
  drawSoon();
}

const lanesHigh = () => laneTops().reduce((sum, lane) => sum + lane.high, 0);

/** As high as all lanes, but no higher than some; then it scrolls. */
function fitHeight() {
  box.style.height = `${AXIS_PX + Math.max(LANE_PX, Math.min(lanesHigh(), 4.3 * LANE_PX)) + 16}px`;
  spacer.style.height = `${AXIS_PX + lanesHigh()}px`;
}

function leastScale() {
  return (box.clientWidth - 2 * PAD_PX) / duration;
}

/** Zoom to px a second, so that what is at `px` stays there. */
function setScale(wanted, px = box.clientWidth / 2) {
  const held = view().from + px / scale;
  scale = Math.max(leastScale(), Math.min(wanted, MOST_PX_A_SECOND));
  spacer.style.width = `${duration * scale + 2 * PAD_PX}px`;
  spacer.style.height = `${AXIS_PX + lanesHigh()}px`;
  box.scrollLeft = held * scale - px + PAD_PX;
  drawTimeline();
}

export function zoom(factor) {
  const cursor = (now() - view().from) * scale;
  setScale(scale * factor, cursor >= 0 && cursor <= box.clientWidth ? cursor : undefined);
}
export const zoomAll = () => setScale(0);

function resize() {
  const ratio = Math.min(devicePixelRatio || 1, 2);
  canvas.style.width = `${box.clientWidth}px`;
  canvas.style.height = `${box.clientHeight}px`;
  for (const [one, c] of [[canvas, context], [layer, layerContext]]) {
    one.width = Math.round(box.clientWidth * ratio);
    one.height = Math.round(box.clientHeight * ratio);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
  }
  setScale(scale);
}

/** Keep the cursor in sight, also in a lane that is scrolled away. */
function follow(person) {
  const at = now() * scale + PAD_PX;
  const left = box.scrollLeft;
  if (at < left + 20 || at > left + box.clientWidth * 0.85) {
    box.scrollLeft = at - box.clientWidth * (video.paused ? 0.5 : 0.15);
  }
  if (person !== undefined) {
    const { top, high } = laneTops().find((lane) => lane.person.id === person);
    if (top < box.scrollTop || top + high > box.scrollTop + box.clientHeight - AXIS_PX) {
      box.scrollTop = top;
    }
  }
}

/** Make a step the chosen one, without going there. */
export function select(step) {
  selected = step?.id ?? null;
  dispatchEvent(new CustomEvent("selected", { detail: step }));
  drawTimeline();
}

/** Choose a step, go to its contact and say it. */
export function jump(step) {
  video.pause();
  select(step);
  seek(step.contact_s);
  follow(step.person);
  const mine = stepsOf.get(step.person);
  announce(sayStep(step, mine.indexOf(step) + 1));
}

/** The step after (+1) or before (-1) the one chosen, or the time shown. */
export function neighbourStep(direction) {
  const current = selectedStep();
  const chosen = current && Math.abs(current.contact_s - now()) < 0.02 ? steps.indexOf(current) : -1;
  const at = chosen >= 0 ? chosen + direction
    : after(steps, now() + (direction > 0 ? 0.005 : -0.005), (s) => s.contact_s) - (direction < 0 ? 1 : 0);
  if (steps[at]) jump(steps[at]); else announce("No further step");
}

let scrub = null;
function onDown(event) {
  if (event.button !== 0) return;
  const area = canvas.getBoundingClientRect();
  const px = event.clientX - area.left;
  const step = stepAt(view(), px, event.clientY - area.top);
  if (step) { jump(step); return; }
  // A finger on the lanes scrolls; on the axis, as a mouse anywhere, it moves the time.
  if (event.pointerType === "touch" && event.clientY - area.top > AXIS_PX) { scrub = "tap"; return; }
  scrub = "drag";
  canvas.setPointerCapture(event.pointerId);
  seek(view().from + px / scale);
}

function onMove(event) {
  const area = canvas.getBoundingClientRect();
  const px = event.clientX - area.left;
  if (scrub === "drag") { seek(view().from + px / scale); return; }
  canvas.style.cursor = stepAt(view(), px, event.clientY - area.top) ? "pointer" : "default";
}

function onUp(event) {
  if (scrub === "tap") seek(view().from + (event.clientX - canvas.getBoundingClientRect().left) / scale);
  scrub = null;
}

export function startTimeline() {
  fitHeight();
  box.addEventListener("scroll", drawSoon, { passive: true });
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    setScale(scale * Math.exp(-event.deltaY / 300), event.clientX - box.getBoundingClientRect().left);
  }, { passive: false });
  canvas.addEventListener("pointerdown", onDown);
  canvas.addEventListener("pointermove", onMove);
  canvas.addEventListener("pointerup", onUp);
  canvas.addEventListener("pointercancel", () => { scrub = null; });
  byId("zoom-in").addEventListener("click", () => zoom(1.6));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.6));
  byId("zoom-all").addEventListener("click", zoomAll);
  byId("step-back").addEventListener("click", () => neighbourStep(-1));
  byId("step-on").addEventListener("click", () => neighbourStep(1));
  addEventListener("time", () => { if (!video.paused) follow(); drawSoon(); });
  addEventListener("steps", () => { fitHeight(); drawTimeline(); });
  addEventListener("looks", drawTimeline);
  new ResizeObserver(resize).observe(box);
  resize();
  // A clip of a minute or less is shown whole; of a longer one, about half a minute.
  setScale(Math.max(leastScale(), box.clientWidth / 40));
  box.scrollLeft = 0;
}
