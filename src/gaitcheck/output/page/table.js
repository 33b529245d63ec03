/** The accessible twin of the time line: sequences to open, each with a table of its steps. */
import { analysis, milestoneWords, stepsOf } from "./data.js";
import { byId, clock, element, nameOf, saySide, saySupport } from "./look.js";
import { jump } from "./timeline.js";

function jumpButton(step) {
  const button = element("button", { type: "button", className: "time", textContent: clock(step.contact_s) });
  button.setAttribute("aria-label", `Show step at ${clock(step.contact_s)}`);
  button.addEventListener("click", () => {
    jump(step);
    byId("stage").scrollIntoView({ block: "nearest" });
  });
  return button;
}

function stepRow(step, number) {
  const gap = step.lift_off_s === null || step.lift_off_s === undefined ? "–" : clock(step.lift_off_s);
  const cells = [gap, saySide(step.side), saySupport(step.support), `${Math.round(100 * step.confidence)} %`];
  if (step.state) cells.push(step.state === "machine" ? "not checked" : step.state);
  const row = element("tr", { id: `row-${step.id}` },
    element("th", { scope: "row", textContent: String(number) }),
    element("td", {}, jumpButton(step)),
    ...cells.map((text) => element("td", { textContent: text })));
  row.cells[3].className = `foot ${step.side ?? ""}`;
  return row;
}

function stepTable(list, caption) {
  const heads = ["Step", "Foot lands", "Foot leaves", "Foot", "Held by", "Confidence"];
  if (list[0]?.state) heads.push("Checked");
  const all = stepsOf.get(list[0].person);
  return element("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": caption },
    element("table", {},
      element("caption", { className: "unseen", textContent: caption }),
      element("thead", {}, element("tr", {}, ...heads.map((h) => element("th", { scope: "col", textContent: h })))),
      element("tbody", {}, ...list.map((step) => stepRow(step, all.indexOf(step) + 1)))));
}

function evidenceList(sequence) {
  const said = sequence.evidence.map((e) => {
    const side = e.side ? `, ${e.side}` : "";
    const other = e.other_person ? `, person ${e.other_person}` : "";
    return element("li", { textContent:
      `${e.cue.replaceAll("_", " ")}${side}${other}: ${clock(e.start_s)} to ${clock(e.end_s)}, strength ${e.score.toFixed(2)}` });
  });
  const met = sequence.milestones.map((name) => element("li", { textContent:
    `${name.replaceAll("_", " ")}: ${milestoneWords[name] ?? ""}` }));
  return [
    ...(met.length ? [element("h4", { textContent: "Published criteria it meets" }), element("ul", {}, ...met)] : []),
    ...(said.length ? [element("h4", { textContent: "What speaks for it" }), element("ul", {}, ...said)] : []),
  ];
}

/** One run of steps; its table is made when it is first opened, so that an hour opens at once. */
function group(title, badge, list, extra) {
  const summary = element("summary", {}, ...(badge ? [badge, " "] : []), title);
  const made = element("details", { className: "sequence" }, summary);
  made.addEventListener("toggle", () => {
    if (!made.open || made.childElementCount > 1) return;
    if (list.length) made.append(stepTable(list, title));
    made.append(...extra());
  });
  return made;
}

function badgeOf(support, independent) {
  return element("span", { className: `badge ${support}`,
    textContent: `${independent ? "★ " : ""}${saySupport(support)}` });
}

function personPart(person) {
  const mine = stepsOf.get(person.id) ?? [];
  const sequences = analysis.sequences.filter((s) => s.person === person.id);
  const alone = mine.filter((step) => step.sequence === null);
  const groups = sequences.map((s) => group(
    `${clock(s.start_s)} to ${clock(s.end_s)}: ${s.n_steps} steps`
    + (s.cadence_spm ? `, ${Math.round(s.cadence_spm)} a minute` : ""),
    badgeOf(s.support, s.independent),
    mine.filter((step) => step.sequence === s.id), () => evidenceList(s)));
  if (alone.length) {
    groups.push(group(`${alone.length} ${alone.length > 1 ? "single steps" : "single step"} in no sequence`,
      null, alone, () => []));
  }
  const gone = analysis.rejected.filter((r) => r.person === person.id);
  if (gone.length) {
    groups.push(group(`${gone.length} ${gone.length > 1 ? "movements" : "movement"} not counted`, null, [],
      () => [element("ul", {}, ...gone.map((r) => element("li", {
        textContent: `${clock(r.start_s)} to ${clock(r.end_s)}: ${r.reason}` })))]));
  }
  const free = sequences.filter((s) => s.independent).reduce((sum, s) => sum + s.n_steps, 0);
  return element("section", {},
    element("h3", { textContent: nameOf(person) }),
    element("p", { className: "soft", textContent:
      `In sight ${clock(person.start_s)} to ${clock(person.end_s)}, ${mine.length} steps, ${free} of them independent.` }),
    ...groups);
}

export function drawTables() {
  const place = byId("tables");
  const open = new Set([...place.querySelectorAll("details[open] > summary")].map((s) => s.textContent));
  place.replaceChildren(...analysis.people.map(personPart));
  for (const summary of place.querySelectorAll("summary")) {
    if (open.has(summary.textContent)) summary.parentElement.open = true;
  }
}

export function startTables() {
  drawTables();
  addEventListener("steps", drawTables);
}
