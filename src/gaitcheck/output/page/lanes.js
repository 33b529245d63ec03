/** Draws the time line: one lane a person, only what is in view. */
import { after, analysis, stepsOf } from "./data.js";
import { clock, colour, happened, nameOf, saySupport, shortSupport, supportFill } from "./look.js";

export const AXIS_PX = 26;
export const LANE_PX = 118;
/** A lane of somebody who takes no step: name and postures alone. */
const STILL_PX = 44;
const STILL_POSTURE = 28;
/** Heights inside a lane, px. */
const ROWS = { name: 15, band: 24, bandHigh: 20, left: 56, right: 76, trust: 102, posture: 106 };
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";

/** Everybody's lane, from the top: where it begins and how high it is, px. */
export function laneTops() {
  let top = 0;
  return analysis.people.map((person) => {
    const walks = (stepsOf.get(person.id) ?? []).length > 0;
    const lane = { person, top, high: walks ? LANE_PX : STILL_PX, walks };
    top += lane.high;
    return lane;
  });
}

/** @typedef {{from: number, to: number, scale: number, top: number, width: number, height: number}}
 *   View  seconds in view, px a second, px scrolled down, px of the canvas */

const x = (view, time) => (time - view.from) * view.scale;

/** Longest of the spans before any index, so that a span that began long ago is still drawn. */
function inView(spans, view, person) {
  return spans.filter((s) => s.person === person && s.end_s >= view.from && s.start_s <= view.to);
}

function text(c, words, left, y, room, ink, weight = 500, size = 12) {
  if (room < 14) return false; // not a word fits; measuring thousands would be slow
  c.font = `${weight} ${size}px ${FONT}`;
  if (c.measureText(words).width > room) return false;
  c.fillStyle = ink;
  c.textAlign = "left";
  c.textBaseline = "middle";
  c.fillText(words, left, y);
  return true;
}

function drawAxis(c, view) {
  c.fillStyle = colour("paper");
  c.fillRect(0, 0, view.width, AXIS_PX);
  const ticks = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
  const every = ticks.find((t) => t * view.scale >= 74) ?? 7200;
  c.strokeStyle = colour("line");
  c.lineWidth = 1;
  for (let k = Math.floor(view.from / every); k * every <= view.to; k += 1) {
    const at = Math.round(x(view, k * every)) + 0.5;
    c.beginPath();
    c.moveTo(at, AXIS_PX - 6);
    c.lineTo(at, view.height);
    c.stroke();
    const words = clock(k * every);
    text(c, every >= 1 ? words.slice(0, -3) : words.slice(0, -1), at + 4, 12, 70, colour("soft"));
  }
}

function drawBands(c, view, person, top) {
  for (const s of inView(analysis.sequences, view, person)) {
    const left = x(view, s.start_s) - 4;
    const wide = Math.max(6, (s.end_s - s.start_s) * view.scale + 8);
    c.beginPath();
    c.roundRect(left, top + ROWS.band, wide, ROWS.bandHigh, 5);
    c.fillStyle = supportFill(c, s.support);
    c.fill();
    c.lineWidth = s.independent ? 2.5 : 1;
    c.strokeStyle = s.independent ? colour("ink") : colour("line");
    c.stroke();
    if (wide < 20) continue;
    const start = Math.max(left, 0) + 8;
    const room = left + wide - start - 6;
    const star = s.independent ? "★ " : "";
    const count = `${s.n_steps} steps`;
    const y = top + ROWS.band + ROWS.bandHigh / 2 + 0.5;
    const choices = [`${star}${count} · ${saySupport(s.support)}`, `${star}${count} · ${shortSupport[s.support]}`,
      `${star}${shortSupport[s.support]}`, star.trim()];
    c.font = `600 12px ${FONT}`;
    const words = choices.find((choice) => c.measureText(choice).width <= room - 4);
    if (!words) continue;
    // A plate under the words, so that they read on any pattern.
    c.fillStyle = colour("plate");
    c.beginPath();
    c.roundRect(start - 4, y - 8, c.measureText(words).width + 8, 16, 4);
    c.fill();
    text(c, words, start, y, room, colour("ink"), 600);
  }
}

function drawStep(c, view, step, top, selected) {
  const at = x(view, step.contact_s);
  const row = step.side === "left" ? ROWS.left : step.side === "right" ? ROWS.right
    : (ROWS.left + ROWS.right) / 2;
  const y = top + row;
  const fill = colour(step.side ?? "soft");
  if (view.scale < 14) { // too dense for marks: a stroke each
    c.fillStyle = fill;
    c.fillRect(at - 0.75, y - 7, 1.5, 14);
    return;
  }
  if (step.lift_off_s !== null && step.lift_off_s !== undefined) {
    c.strokeStyle = fill;
    c.lineWidth = 3;
    c.globalAlpha = 0.45;
    c.beginPath();
    c.moveTo(x(view, step.lift_off_s), y);
    c.lineTo(at, y);
    c.stroke();
    c.globalAlpha = 1;
  }
  const size = view.scale < 40 ? 5 : 9;
  c.beginPath();
  if (step.side === "right") c.roundRect(at - size, y - size, 2 * size, 2 * size, 3);
  else c.arc(at, y, size, 0, 2 * Math.PI);
  c.fillStyle = step.confidence >= 0.5 ? fill : colour("paper");
  c.fill();
  c.lineWidth = 2;
  c.strokeStyle = fill;
  c.stroke();
  if (size > 5) {
    c.font = `700 11px ${FONT}`;
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.fillStyle = step.confidence >= 0.5 ? colour("on-foot") : fill;
    c.fillText(step.side === "left" ? "L" : step.side === "right" ? "R" : "?", at, y + 0.5);
  }
  if (step.state && step.state !== "machine") {
    c.fillStyle = colour("ink");
    c.font = `700 11px ${FONT}`;
    c.textAlign = "center";
    c.fillText(step.state === "confirmed" ? "✓" : "✎", at + size + 5, y - size);
  }
  if (selected) {
    c.beginPath();
    c.arc(at, y, size + 5, 0, 2 * Math.PI);
    c.lineWidth = 2.5;
    c.strokeStyle = colour("ink");
    c.stroke();
  }
}

function drawTrust(c, view, step, top) {
  const high = 12 * step.confidence;
  c.fillStyle = colour("soft");
  c.globalAlpha = 0.8;
  c.fillRect(x(view, step.contact_s) - 1.5, top + ROWS.trust - high, 3, high);
  c.globalAlpha = 1;
}

function drawPostures(c, view, person, y) {
  for (const s of inView(analysis.postures, view, person)) {
    const left = x(view, s.start_s);
    const wide = Math.max(1, (s.end_s - s.start_s) * view.scale - 1);
    c.fillStyle = colour(`posture-${s.posture}`) || colour("posture");
    c.fillRect(left, y, wide, 10);
    const start = Math.max(left, 0) + 3;
    text(c, s.posture, start, y + 5.5, left + wide - start - 2, colour("ink"), 500, 9.5);
  }
}

/** Who rises, sits down, falls or is caught: a plate on the postures, with its word if it fits. */
function drawEvents(c, view, person, y) {
  for (const e of inView(analysis.events ?? [], view, person)) {
    const left = x(view, e.start_s);
    const wide = Math.max(4, (e.end_s - e.start_s) * view.scale);
    c.fillStyle = colour("ink");
    c.beginPath();
    c.roundRect(left, y - 1, wide, 12, 3);
    c.fill();
    text(c, happened[e.event], left + 3, y + 5.5, wide - 5, colour("paper"), 700, 9.5);
  }
}

function drawLane(c, view, { person, high, walks }, top, selected) {
  c.strokeStyle = colour("line");
  c.lineWidth = 1;
  c.beginPath();
  c.moveTo(0, top + high - 0.5);
  c.lineTo(view.width, top + high - 0.5);
  c.stroke();
  drawPostures(c, view, person.id, top + (walks ? ROWS.posture : STILL_POSTURE));
  drawEvents(c, view, person.id, top + (walks ? ROWS.posture : STILL_POSTURE));
  drawBands(c, view, person.id, top);
  const mine = stepsOf.get(person.id) ?? [];
  const margin = 20 / view.scale;
  let i = after(mine, view.from - margin, (step) => step.contact_s);
  for (; i < mine.length && mine[i].contact_s - 2 <= view.to; i += 1) {
    if (view.scale > 3) drawTrust(c, view, mine[i], top);
    drawStep(c, view, mine[i], top, selected !== null && mine[i].id === selected);
  }
  text(c, nameOf(person), 8, top + ROWS.name - 2, 200, colour("ink"), 700, 13);
}

/** The line at the time shown. */
export function drawCursor(c, view, time) {
  const at = Math.round(x(view, time)) + 0.5;
  c.strokeStyle = colour("cursor");
  c.lineWidth = 2;
  c.beginPath();
  c.moveTo(at, 0);
  c.lineTo(at, view.height);
  c.stroke();
  c.fillStyle = colour("cursor");
  c.beginPath();
  c.moveTo(at - 6, 0);
  c.lineTo(at + 6, 0);
  c.lineTo(at, 9);
  c.fill();
}

/** @param {CanvasRenderingContext2D} c @param {View} view */
export function drawLanes(c, view, selected) {
  c.clearRect(0, 0, view.width, view.height);
  c.save();
  drawAxis(c, view);
  c.beginPath();
  c.rect(0, AXIS_PX, view.width, view.height);
  c.clip();
  for (const lane of laneTops()) {
    const top = AXIS_PX + lane.top - view.top;
    if (top + lane.high > AXIS_PX && top < view.height) drawLane(c, view, lane, top, selected);
  }
  c.restore();
}

/** Which lane a height is in, undefined outside. */
function laneAt(view, y) {
  const at = y - AXIS_PX + view.top;
  return y < AXIS_PX ? undefined : laneTops().find(({ top, high }) => at >= top && at < top + high);
}

/** The step under the pointer, null where there is none. */
export function stepAt(view, px, y) {
  const lane = laneAt(view, y);
  if (!lane?.walks) return null;
  const inLane = y - AXIS_PX + view.top - lane.top;
  if (inLane < ROWS.left - 14 || inLane > ROWS.right + 14) return null;
  const mine = stepsOf.get(lane.person.id) ?? [];
  const time = view.from + px / view.scale;
  let best = null;
  let nearest = 16;
  for (const step of mine.slice(Math.max(0, after(mine, time, (s) => s.contact_s) - 6)).slice(0, 12)) {
    const row = step.side === "left" ? ROWS.left : step.side === "right" ? ROWS.right : 66;
    const off = Math.hypot((step.contact_s - time) * view.scale, (inLane - row) / 1.5);
    if (off < nearest) { nearest = off; best = step; }
  }
  return best;
}
