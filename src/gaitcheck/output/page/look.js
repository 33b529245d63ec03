/** Times, words, colours and patterns that all parts of the page share. */
import { supportWords } from "./data.js";

/** 3.24 -> "0:03.24"; from an hour on "1:02:03.50". */
export function clock(time) {
  const hundredths = Math.round(Math.abs(time) * 100);
  const pad = (n) => String(n).padStart(2, "0");
  const seconds = Math.floor(hundredths / 100);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const head = hours ? `${hours}:${pad(minutes)}` : String(minutes);
  return `${time < -0.005 ? "-" : ""}${head}:${pad(seconds % 60)}.${pad(hundredths % 100)}`;
}

/** "held by: person" in as few letters as a badge has room for. */
export const shortSupport = {
  none: "free", person: "held", object_fixed: "holds on", object_moving: "aid", unknown: "?",
};

/** "nobody and nothing" and so on, for sentences. */
export const saySupport = (support) => supportWords[support] ?? support;

/** What happens between two postures. */
export const happened = {
  rising: "rose", sitting_down: "sat down", falling: "fell", caught: "caught",
};

export const saySide = (side) => side ?? "side unknown";

/** "Person 2 (smaller)": beside an adult mostly the child. */
export const nameOf = (person) =>
  `Person ${person.id}${person.stature ? ` (${person.stature})` : ""}`;

/** One step in a sentence, for the live region and for labels. */
export function sayStep(step, number) {
  const held = step.support === "unknown" ? "support unknown" : `held by: ${saySupport(step.support)}`;
  const state = step.state && step.state !== "machine" ? `, ${step.state}` : "";
  return `Person ${step.person}, step ${number}, ${saySide(step.side)}, ${clock(step.contact_s)}, `
    + `${held}, confidence ${Math.round(100 * step.confidence)} %${state}`;
}

let styles = null;
/** A colour of the page's style sheet by name, such as "left"; light or dark as the reader's. */
export function colour(name) {
  styles ??= getComputedStyle(document.documentElement);
  return styles.getPropertyValue(`--${name}`).trim();
}

const tiles = new Map();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  styles = null;
  tiles.clear();
  dispatchEvent(new Event("looks"));
});

/** Each support has a pattern of its own beside its colour. */
const drawTile = {
  none: () => {},
  person: (c) => { for (const x of [-8, 0, 8]) { c.moveTo(x, 8); c.lineTo(x + 8, 0); } },
  object_fixed: (c) => { c.rect(1, 1, 2, 2); c.rect(5, 5, 2, 2); },
  object_moving: (c) => { c.moveTo(4, 0); c.lineTo(4, 8); },
  unknown: (c) => { c.moveTo(0, 4); c.lineTo(4, 4); },
};

/** Fill for a support's band: its colour under its pattern. */
export function supportFill(context, support) {
  if (!tiles.has(support)) {
    const tile = new OffscreenCanvas(8, 8);
    const c = tile.getContext("2d");
    c.fillStyle = colour(support);
    c.fillRect(0, 0, 8, 8);
    c.strokeStyle = colour("pattern");
    c.lineWidth = 1.6;
    c.beginPath();
    (drawTile[support] ?? drawTile.unknown)(c);
    c.stroke();
    tiles.set(support, context.createPattern(tile, "repeat"));
  }
  return tiles.get(support);
}

/** Make an element; text goes in as text, never as HTML. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "for") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Tell who listens and does not look. */
export function announce(text) {
  const live = byId("live");
  live.textContent = "";
  requestAnimationFrame(() => { live.textContent = text; });
}
