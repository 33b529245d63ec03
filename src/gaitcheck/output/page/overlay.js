/** Skeletons, feet and support, drawn over the video in step with it. */
import { after, analysis, frameS, poseOf, stepsOf } from "./data.js";
import { byId, colour, shortSupport } from "./look.js";
import { now } from "./player.js";

const POINTS = 17;
const LEVELS = (1 << 14) - 1;
const GUESSED = 1 << 14;
const UNSEEN = 0xffff;
/** Nose, then left and right of shoulder, elbow, wrist, hip, knee, ankle, heel, toe. */
const BONES = [[1, 2], [1, 7], [2, 8], [7, 8], [1, 3], [3, 5], [2, 4], [4, 6], [7, 9], [9, 11],
  [11, 13], [13, 15], [11, 15], [8, 10], [10, 12], [12, 14], [14, 16], [12, 16]];
const FEET = { left: [13, 15, 11], right: [14, 16, 12] };
/** A contact is marked for so long, s. */
const MARK_S = 0.5;

const canvas = byId("overlay");
const context = canvas.getContext("2d");
let width = 0;
let height = 0;

/** Where a person's points are at `time`, in px of the canvas; null where nobody was seen. */
function pointsAt(pose, time) {
  const tick = Math.round(time * 1e4);
  const at = after(pose.times, tick + 5) - 1;
  if (at < 0) return null;
  // A row may stand for a few frames, but a person who left is not drawn.
  if (tick - pose.times[at] > 1e4 * Math.max(2.5 * frameS, 0.2)) return null;
  const points = [];
  for (let k = 0; k < POINTS; k += 1) {
    const x = pose.points[2 * (at * POINTS + k)];
    const y = pose.points[2 * (at * POINTS + k) + 1];
    points.push(x === UNSEEN ? null : {
      x: ((x & LEVELS) / LEVELS * 2 - 0.5) * width,
      y: (y / LEVELS * 2 - 0.5) * height,
      guessed: (x & GUESSED) !== 0,
    });
  }
  return points;
}

function boxAt(person, time) {
  const at = after(person.boxes, time, (box) => box[0]) - 1;
  if (at < 0 || time - person.boxes[at][0] > 0.5) return null;
  const [, x0, y0, x1, y1] = person.boxes[at];
  const { width: w, height: h } = analysis.video;
  return [x0 / w * width, y0 / h * height, x1 / w * width, y1 / h * height];
}

function line(a, b, stroke, thick) {
  context.beginPath();
  context.moveTo(a.x, a.y);
  context.lineTo(b.x, b.y);
  context.setLineDash(a.guessed || b.guessed ? [thick * 1.5, thick * 1.5] : []);
  context.lineWidth = thick + 2.5;
  context.strokeStyle = "rgba(0,0,0,.55)";
  context.stroke();
  context.lineWidth = thick;
  context.strokeStyle = stroke;
  context.stroke();
}

function skeleton(points, thick) {
  const colours = [colour("limb-left"), colour("limb-right"), "#ffffff"];
  for (const [a, b] of BONES) {
    if (!points[a] || !points[b]) continue;
    const side = a % 2 === b % 2 ? (a % 2 ? 0 : 1) : 2;
    line(points[a], points[b], colours[side], thick);
  }
  context.setLineDash([]);
}

function footMark(points, step, time, size) {
  const [heel, toe, ankle] = FEET[step.side].map((k) => points[k]);
  const a = heel ?? ankle;
  const b = toe ?? ankle;
  if (!a || !b) return;
  const age = Math.max(0, time - step.contact_s) / MARK_S;
  const x = (a.x + b.x) / 2;
  const y = (a.y + b.y) / 2;
  context.globalAlpha = 1 - 0.7 * age;
  context.lineWidth = 3;
  context.strokeStyle = colour(`limb-${step.side}`);
  context.beginPath();
  context.ellipse(x, y, size * (0.6 + age), size * (0.35 + 0.6 * age), 0, 0, 2 * Math.PI);
  context.stroke();
  context.globalAlpha = 1;
  label(step.side === "left" ? "L" : "R", x, y + size * 1.1, colour(`limb-${step.side}`), "#000");
}

function label(text, x, y, fill, ink) {
  context.font = "600 13px system-ui, sans-serif";
  const w = context.measureText(text).width + 12;
  const left = Math.max(2, Math.min(x - w / 2, width - w - 2));
  const top = Math.max(2, Math.min(y - 10, height - 22));
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(left, top, w, 20, 6);
  context.fill();
  context.strokeStyle = "rgba(0,0,0,.6)";
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = ink;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(text, left + 6, top + 10.5);
}

/** The support of the step that a person is in, null where they take none. */
function supportAt(mine, time) {
  const next = mine[after(mine, time, (step) => step.contact_s)];
  const last = mine[after(mine, time, (step) => step.contact_s) - 1];
  if (next && time >= (next.lift_off_s ?? next.contact_s - 0.4)) return next.support;
  return last && time - last.contact_s < 0.7 ? last.support : null;
}

function drawPerson(person, time) {
  const pose = poseOf(person.id);
  const points = pose && pointsAt(pose, time);
  const box = points ? null : boxAt(person, time);
  const known = points?.filter(Boolean) ?? [];
  if (!known.length && !box) return;
  const top = box ? box[1] : Math.min(...known.map((p) => p.y));
  const bottom = box ? box[3] : Math.max(...known.map((p) => p.y));
  const middle = box ? (box[0] + box[2]) / 2 : known.reduce((sum, p) => sum + p.x, 0) / known.length;
  const tall = bottom - top;
  if (points && byId("show-skeleton").checked) skeleton(points, Math.max(1.5, Math.min(4, tall / 70)));
  if (box && byId("show-skeleton").checked) {
    context.strokeStyle = "#fff";
    context.lineWidth = 2;
    context.strokeRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
  }
  const mine = stepsOf.get(person.id) ?? [];
  if (points && byId("show-feet").checked) {
    // A contact between two frames belongs to the one that is then on the screen.
    for (let i = after(mine, time + frameS, (step) => step.contact_s) - 1; i >= 0; i -= 1) {
      if (time - mine[i].contact_s > MARK_S) break;
      if (mine[i].side) footMark(points, mine[i], time, Math.max(8, tall / 14));
    }
  }
  if (!byId("show-support").checked) return;
  const support = supportAt(mine, time);
  const text = support ? `${person.id} · ${shortSupport[support]}` : String(person.id);
  label(text, middle, top - Math.max(14, tall * 0.09), support ? colour(`tag-${support}`) : "#e8ecef", "#000");
}

export function drawOverlay() {
  context.clearRect(0, 0, width, height);
  const time = now();
  for (const person of analysis.people) {
    if (time >= person.start_s - 0.1 && time <= person.end_s + 0.2) drawPerson(person, time);
  }
}

export function startOverlay() {
  new ResizeObserver(([entry]) => {
    ({ width, height } = entry.contentRect);
    const ratio = Math.min(devicePixelRatio || 1, 2);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    drawOverlay();
  }).observe(canvas);
  for (const name of ["show-skeleton", "show-feet", "show-support"]) {
    byId(name).addEventListener("change", drawOverlay);
  }
  addEventListener("time", drawOverlay);
  addEventListener("steps", drawOverlay);
  addEventListener("looks", drawOverlay);
}
