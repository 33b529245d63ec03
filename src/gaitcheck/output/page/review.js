/** Corrections: each is sent to the server, which keeps it and answers with all steps anew. */
import { after, analysis, milestoneWords, neighbourFrame, reviewStart, setSteps, steps, stepsOf } from "./data.js";
import { announce, byId, clock, element, nameOf, sayStep } from "./look.js";
import { bind } from "./keys.js";
import { now, seek } from "./player.js";
import { select, selectedStep } from "./timeline.js";

/** Steps further off tell nothing of a step between them, s. */
const NEAR_S = 1.5;

let state = reviewStart;
let waiting = Promise.resolve();

/** Send one after the other, so that they are kept in the order in which they were made. */
function send(path, content, said) {
  waiting = waiting.then(async () => {
    try {
      const answer = await fetch(path, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content),
      });
      const found = await answer.json();
      if (!answer.ok) throw new Error(found.error ?? `error ${answer.status}`);
      if (found.steps) take(found);
      if (said) announce(typeof said === "function" ? said(found) : said);
      return found;
    } catch (error) {
      const words = error instanceof TypeError ? "gaitcheck review has ended: start it again" : error.message;
      byId("saved").textContent = `Not saved: ${words}`;
      byId("saved").classList.add("failed");
      announce(`Not saved: ${words}`);
      return null;
    }
  });
  return waiting;
}

const edit = (content, said) => send("edit", content, said);

function take(found) {
  state = found;
  const was = selectedStep()?.id;
  setSteps(found.steps, found.sequences);
  select(steps.find((step) => step.id === was) ?? null);
  dispatchEvent(new Event("steps"));
  show();
}

function show() {
  byId("review-verdict").textContent = state.edits ? `Corrected: ${state.verdict}` : state.verdict;
  byId("undo").disabled = !state.can_undo;
  byId("redo").disabled = !state.can_redo;
  byId("saved").classList.remove("failed");
  byId("saved").textContent = `${state.edits} ${state.edits === 1 ? "correction" : "corrections"} by hand, kept in ${state.saved}; you are ${state.by}.`;
  byId("everybody").checked = state.everybody;
  for (const box of byId("watched").querySelectorAll("input")) {
    box.checked = state.watched.includes(Number(box.value));
  }
  byId("milestones").replaceChildren(...state.milestones.map((one) => element("li", {
    textContent: `Person ${one.person}, ${one.name.replaceAll("_", " ")}: ${
      one.seen ? `seen at ${clock(one.time_s)}` : "not seen"}` })));
  showChosen();
}

function showChosen() {
  const step = selectedStep();
  byId("chosen").disabled = step === null;
  for (const row of document.querySelectorAll("tr.chosen")) row.classList.remove("chosen");
  if (!step) {
    byId("chosen-words").textContent = "None: click a foot in the time line, or press N.";
    return;
  }
  byId(`row-${step.id}`)?.classList.add("chosen");
  byId("chosen-words").textContent = sayStep(step, stepsOf.get(step.person).indexOf(step) + 1);
  byId("edit-side").value = step.side ?? "";
  byId("edit-support").value = step.support;
  byId("edit-person").value = String(step.person);
  byId("add-person").value = String(step.person);
  byId("confirm-sequence").disabled = step.sequence === null;
}

/** Do something to the chosen step, if there is one. */
const chosen = (deed) => () => { const step = selectedStep(); if (step) deed(step); };

const inSequence = (step) => (step.sequence === null ? [step]
  : steps.filter((other) => other.sequence === step.sequence)).map((other) => other.id);

const confirm = chosen((step) => edit({ do: "confirm", steps: [step.id] }, "Confirmed"));
const confirmSequence = chosen((step) => edit({ do: "confirm", steps: inSequence(step) },
  "Whole sequence confirmed"));
const remove = chosen((step) => edit({ do: "delete", step: step.id }, "Step deleted"));
const move = (direction) => chosen((step) => {
  const to = direction === 0 ? now() : neighbourFrame(step.contact_s, direction);
  edit({ do: "move", step: step.id, contact_s: to }, `Lands at ${clock(to)}`);
  seek(to);
});

/** Support of a step between two near ones of the same support; else nobody has said it yet. */
function supportBetween(person, time) {
  const mine = stepsOf.get(person) ?? [];
  const at = after(mine, time, (step) => step.contact_s);
  const near = [mine[at - 1], mine[at]].filter((step) => step && Math.abs(step.contact_s - time) < NEAR_S);
  return near.length === 2 && near[0].support === near[1].support ? near[0].support : "unknown";
}

const add = (side) => () => {
  const person = Number(byId("add-person").value);
  edit({ do: "add", person, side, contact_s: now(), support: supportBetween(person, now()) },
    `Added a ${side} step at ${clock(now())}`).then((found) => {
    if (found) select(found.steps.filter((step) => step.state === "added").at(-1));
  });
};
const undo = () => { if (state.can_undo) send("undo", {}, "Undone"); };
const redo = () => { if (state.can_redo) send("redo", {}, "Done again"); };

function mark(seen) {
  edit({ do: "milestone", person: Number(byId("add-person").value), name: byId("milestone").value,
    seen, time_s: now() }, seen ? "Milestone marked as seen" : "Milestone marked as not seen");
}

function fill() {
  const people = () => analysis.people.map((person) => element("option", {
    value: String(person.id), textContent: nameOf(person) }));
  byId("edit-person").replaceChildren(...people());
  byId("add-person").replaceChildren(...people());
  byId("milestone").replaceChildren(...Object.keys(milestoneWords).map((name) => element("option", {
    value: name, title: milestoneWords[name], textContent: name.replaceAll("_", " ") })));
  byId("watched").replaceChildren(...analysis.people.map((person) => {
    const box = element("input", { type: "checkbox", value: String(person.id) });
    box.addEventListener("change", () => edit({ do: "watched", person: person.id, watched: box.checked },
      `Person ${person.id} ${box.checked ? "watched throughout" : "not watched throughout"}`));
    return element("label", {}, box, ` ${nameOf(person)}`);
  }));
}

function listen() {
  const clicks = { undo, redo, confirm, "confirm-sequence": confirmSequence, delete: remove,
    earlier: move(-1), later: move(1), here: move(0), "add-left": add("left"), "add-right": add("right"),
    "milestone-seen": () => mark(true), "milestone-unseen": () => mark(false),
    labels: () => send("labels", {}).then((found) => {
      if (!found) return;
      byId("saved").textContent = `Labels written: ${found.written}`;
      announce(byId("saved").textContent);
    }) };
  for (const [id, deed] of Object.entries(clicks)) byId(id).addEventListener("click", deed);
  byId("edit-side").addEventListener("change", chosen((step) => edit(
    { do: "side", step: step.id, side: byId("edit-side").value || null }, "Foot changed")));
  byId("edit-support").addEventListener("change", chosen((step) => edit({ do: "support",
    steps: byId("edit-all").checked ? inSequence(step) : [step.id],
    support: byId("edit-support").value }, "Support changed")));
  byId("edit-person").addEventListener("change", chosen((step) => edit(
    { do: "person", steps: [step.id], person: Number(byId("edit-person").value) }, "Person changed")));
  byId("everybody").addEventListener("change", () => edit(
    { do: "everybody", labelled: byId("everybody").checked }, "Noted"));
}

function bindKeys() {
  bind(["c"], "review: the chosen step is right", confirm);
  bind(["Shift+c"], "review: its whole sequence is right", confirmSequence);
  bind(["x", "Delete"], "review: the chosen one is no step", remove);
  bind(["["], "review: it lands a frame earlier", move(-1));
  bind(["]"], "review: it lands a frame later", move(1));
  bind(["h"], "review: it lands at the time shown", move(0));
  bind(["l"], "review: a left foot lands now", add("left"));
  bind(["r"], "review: a right foot lands now", add("right"));
  bind(["Ctrl+z"], "review: undo", undo);
  bind(["Ctrl+Shift+z", "Ctrl+y"], "review: redo", redo);
}

/** Only on a page that the review server gave. */
export function startReview() {
  if (reviewStart === null) return;
  fill();
  listen();
  bindKeys();
  addEventListener("selected", showChosen);
  take(reviewStart);
}
