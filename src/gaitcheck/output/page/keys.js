/** Keys for everything, and the help that lists them. */
import { byId, element } from "./look.js";
import { faster, frame, fullscreen, mute, seek, toggle } from "./player.js";
import { neighbourStep, zoom, zoomAll } from "./timeline.js";

/** [keys, what they do, the deed]; "Shift+" and "Ctrl+" before a key's name. */
const bindings = [
  [[" ", "k"], "play or pause", toggle],
  [["ArrowLeft", ","], "one frame back", () => frame(-1)],
  [["ArrowRight", "."], "one frame on", () => frame(1)],
  [["p", "Shift+ArrowLeft"], "previous step", () => neighbourStep(-1)],
  [["n", "Shift+ArrowRight"], "next step", () => neighbourStep(1)],
  [["Home"], "to the start", () => seek(0)],
  [["<", "Shift+<"], "slower", () => faster(-1)],
  [[">", "Shift+>"], "faster", () => faster(1)],
  [["+", "Shift++", "="], "zoom the time line in", () => zoom(1.6)],
  [["-"], "zoom the time line out", () => zoom(1 / 1.6)],
  [["0"], "the whole time line", zoomAll],
  [["f"], "full screen", fullscreen],
  [["m"], "sound off or on", mute],
  [["?", "Shift+?"], "this help", () => help()],
];

/** Add a key; review has its own. */
export function bind(keys, what, deed) {
  bindings.push([keys, what, deed]);
}

const NAMES = { " ": "space", ArrowLeft: "←", ArrowRight: "→", Delete: "Del" };
const readable = (key) => key.split(/\+(?=.)/).map((part) => NAMES[part] ?? part).join(" + ");

export function help() {
  const list = byId("key-list");
  list.replaceChildren(...bindings.flatMap(([keys, what]) => [
    element("dt", {}, ...keys.filter((k) => !/^Shift\+[<>?+]$/.test(k) && k !== "=").flatMap((key, i) => [
      ...(i ? [" or "] : []), element("kbd", { textContent: readable(key) })])),
    element("dd", { textContent: what }),
  ]));
  byId("help").showModal();
}

function onKey(event) {
  if (event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  const { target } = event;
  const inField = target.closest?.("input:not([type=checkbox]), select, textarea");
  const control = event.ctrlKey || event.metaKey;
  if (inField && !(control && event.key === "z" && target.type === "range")) return;
  // A focused button, link or summary keeps its own space and enter, a scrolled part its arrows.
  if ([" ", "Enter"].includes(event.key) && target.closest?.("button, summary, a, input, label")) return;
  const name = `${control ? "Ctrl+" : ""}${event.shiftKey ? "Shift+" : ""}${
    event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
  const found = bindings.find(([keys]) => keys.includes(name));
  if (!found) return;
  event.preventDefault();
  found[2]();
}

export function startKeys() {
  addEventListener("keydown", onKey);
  byId("help-open").addEventListener("click", help);
}
