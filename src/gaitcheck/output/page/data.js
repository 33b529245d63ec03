/**
 * What Python wrote into the page, read once. Times are seconds of the video.
 *
 * @typedef {{id: string, person: number, side: ?("left"|"right"), lift_off_s: ?number,
 *   contact_s: number, support: string, confidence: number, sequence: ?number,
 *   state?: string}} Step
 * @typedef {{id: number, person: number, start_s: number, end_s: number, n_steps: number,
 *   support: string, independent: boolean, confidence: number, milestones: string[],
 *   cadence_spm: ?number, evidence: object[]}} Sequence
 */

const page = JSON.parse(document.getElementById("data").textContent);

/** The JSON contract; `steps` and `sequences` change while a person reviews. */
export const analysis = page.analysis;
export const supportWords = page.supports;
export const milestoneWords = page.milestones;
export const videoName = page.video;
/** What review needs (who, what was corrected), null on a page that only shows. */
export const reviewStart = page.review;

/** Bytes behind base64. @param {string} text @returns {Uint8Array} */
function bytes(text) {
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) out[i] = raw.charCodeAt(i);
  return out;
}

/** Skeletons by person: `times` in 1e-4 s, `points` as uint16 pairs. Decoded when first asked for. */
const poseCache = new Map();
export const posePeople = page.poses.map((pose) => pose.person);

/** @param {number} person @returns {?{times: Uint32Array, points: Uint16Array}} */
export function poseOf(person) {
  if (!poseCache.has(person)) {
    const found = page.poses.find((pose) => pose.person === person);
    poseCache.set(person, found ? {
      times: new Uint32Array(bytes(found.times).buffer),
      points: new Uint16Array(bytes(found.points).buffer),
    } : null);
  }
  return poseCache.get(person);
}

/** First index whose value is above `value`; `values` ascend. */
export function after(values, value, of = (item) => item) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (of(values[middle]) <= value) low = middle + 1; else high = middle;
  }
  return low;
}

/** Steps of everybody in time order; filled anew when a correction comes. @type {Step[]} */
export const steps = [];
/** Steps of each person in time order. @type {Map<number, Step[]>} */
export const stepsOf = new Map();

/** Take steps, and sequences, as the file or the server tells them. */
export function setSteps(found, sequences = analysis.sequences) {
  analysis.steps = found;
  analysis.sequences = sequences;
  steps.length = 0;
  stepsOf.clear();
  for (const person of analysis.people) stepsOf.set(person.id, []);
  const ordered = [...found].sort((a, b) => a.contact_s - b.contact_s || a.person - b.person);
  for (const step of ordered) {
    steps.push(step);
    if (!stepsOf.has(step.person)) stepsOf.set(step.person, []);
    stepsOf.get(step.person).push(step);
  }
}
setSteps(analysis.steps);

/** How long a frame lasts, s. */
export const frameS = analysis.video.mean_fps > 0 ? 1 / analysis.video.mean_fps : 0.04;

/** Time of the frame before (-1) or after (+1) the one shown at `time`, s. */
export function neighbourFrame(time, direction) {
  let best = time + direction * frameS;
  for (const person of posePeople) {
    const { times } = poseOf(person);
    const next = after(times, Math.round(time * 1e4) + 5);
    const at = direction > 0 ? next : next - 2;
    if (at < 0 || at >= times.length) continue;
    const found = times[at] / 1e4;
    // A person's rows have gaps: a neighbour further off than two frames is none.
    if (Math.abs(found - time) < 1.9 * frameS) { best = found; break; }
  }
  return Math.max(0, Math.min(best, analysis.video.duration_s));
}
