// The operator's desks: what people claim to be theirs, and objections to refusals. Each waits for an answer.

import { Refused, callWithKey } from "./api.js";
import { announce, find, make, tell } from "./dom.js";
import { date, say } from "./text.js";

const language = document.documentElement.lang;
const words = (texts) => texts[language] ?? texts.en;
const moment = (seconds) => date(seconds * 1000);
let key = "";

/** Shows the desks that the service has. */
export async function openDesks(given) {
  key = given;
  await Promise.all(desks.map(load));
}

const desks = [
  { name: "claims", path: "v1/floor/claims", render: claim, none: "claims.desk.none" },
  { name: "appeals", path: "v1/floor/appeals", render: appeal, none: "appeals.desk.none" },
];

async function load({ name, path, render, none }) {
  try {
    const status = find(`${name}-answered`).checked ? "answered" : "open";
    const { data, has_more: hasMore } = await (await callWithKey(`${path}?status=${status}`, key)).json();
    find(`${name}-desk`).hidden = false;
    const empty = make("li", { class: "hint" }, say(none));
    find(`${name}-list`).replaceChildren(...(data.length > 0 ? data.map(render) : [empty]));
    tell(find(`${name}-more`), hasMore ? say("desk.more") : "");
  } catch (error) {
    // A service without such a desk has no such address.
    find(`${name}-desk`).hidden = error instanceof Refused && error.status === 404;
    tell(find(`${name}-more`), error.status === 404 ? "" : say("door.offline"));
  }
}

for (const desk of desks) find(`${desk.name}-answered`).addEventListener("change", () => load(desk));

async function post(path, body) {
  return (await callWithKey(path, key, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  })).json();
}

function facts(rows) {
  const shown = rows.filter(([, value]) => value !== null && value !== "" && value !== undefined);
  return make("dl", { class: "paper-facts" }, ...shown.flatMap(([name, value]) => [make("dt", {}, say(name)), make("dd", {}, value)]));
}

/** A form that answers something: a reason, and what each button does with it. */
function answering(id, label, extra, buttons, isRequired) {
  const reason = make("textarea", { id: `reason-${id}`, rows: 3, maxlength: 1300, "aria-describedby": `problem-${id}` });
  const problem = make("p", { class: "problem", id: `problem-${id}`, role: "alert" });
  const act = async (send) => {
    if (isRequired(send.name) && !reason.value.trim()) {
      tell(problem, say("desk.reason.missing"));
      reason.focus();
      return;
    }
    try {
      await send.run(reason.value.trim());
      announce(say("desk.done"));
    } catch (error) {
      tell(problem, error instanceof Refused && error.words ? error.words : say("door.offline"));
    }
  };
  return make("div", { class: "answering" },
    ...extra, make("label", { for: `reason-${id}` }, say(label)), reason, problem,
    make("div", { class: "actions" }, ...buttons.map((button) =>
      make("button", { type: "button", class: button.strong ? "button strong" : "button", onclick: () => act(button) }, say(button.label)))));
}

// Claims.

function claim(found) {
  const { receipt, statement } = found;
  const item = make("li", { class: "paper-case" });
  const step = (status) => async (reason) => {
    const changed = await post(`v1/floor/claims/${receipt}/steps`, { status, reason });
    item.replaceWith(claim(changed));
  };
  const canvas = make("canvas", { hidden: true, role: "img", "aria-label": say("claims.desk.picture") });
  const look = async () => {
    try {
      const picture = await createImageBitmap(await (await callWithKey(`v1/floor/claims/${receipt}/picture`, key)).blob());
      const scale = Math.min(1, 480 / Math.max(picture.width, picture.height));
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      canvas.hidden = false;
    } catch {
      announce(say("claims.desk.noPicture"));
    }
  };
  const buttons = [
    { name: "taken-up", label: "claims.desk.takeUp", run: step("taken-up") },
    { name: "upheld", label: "claims.desk.uphold", strong: true, run: step("upheld") },
    { name: "rejected", label: "claims.desk.reject", run: step("rejected") },
  ].filter(({ name }) => name !== found.status);
  item.append(
    make("h3", {}, `${found.style ?? say("claims.form.other")} · ${say(`claims.status.${found.status}`)}`),
    facts([
      ["claims.ask.receipt", receipt], ["claims.desk.came", moment(found.created)],
      ["claims.desk.due", ["received", "taken-up"].includes(found.status) ? moment(found.status === "received" ? found.look_by : found.answer_by) : null],
      ["claims.desk.name", statement.name], ["claims.desk.contact", `${statement.contact} (${statement.language})`],
      ["claims.desk.link", statement.link], ["claims.desk.stopped", found.style_suspended ? say("claims.found.stopped") : null],
    ]),
    make("p", { class: "words" }, statement.text),
    ...(statement.has_picture ? [make("button", { type: "button", class: "button", onclick: look }, say("claims.desk.look")), canvas] : []),
    make("ol", { class: "steps" }, ...found.steps.map((each) =>
      make("li", {}, make("strong", {}, `${moment(each.time)} · ${say(`claims.status.${each.status}`)} · ${each.actor} `), each.reason))),
    answering(receipt, "claims.desk.reason", [], buttons, (name) => name !== "taken-up"));
  return item;
}

// Appeals.

function appeal(found) {
  const { id, decision } = found;
  const item = make("li", { class: "paper-case" });
  const names = [...new Set(decision.findings.map((each) => each.name).filter(Boolean))];
  const send = (body) => async (reason) => {
    item.replaceWith(appeal(await post(`v1/floor/appeals/${id}/answers`, { ...body(), reason })));
  };
  const name = make("select", { id: `name-${id}` }, ...names.map((each) => make("option", { value: each }, each)));
  const until = make("input", { type: "date", id: `until-${id}` });
  const only = make("input", { type: "checkbox", id: `only-${id}` });
  const harmless = make("input", { type: "text", id: `harmless-${id}`, maxlength: 500 });
  const extra = [
    ...(names.length > 0 ? [
      make("label", { for: `name-${id}` }, say("appeals.desk.name")), name,
      make("label", { for: `until-${id}` }, say("appeals.desk.until")), until,
      make("label", { class: "check", for: `only-${id}` }, only, say("appeals.desk.only")),
    ] : []),
    make("label", { for: `harmless-${id}` }, say("appeals.desk.words")), harmless,
  ];
  const buttons = [
    { name: "upheld", label: "appeals.desk.uphold", run: send(() => ({ verdict: "upheld" })) },
    ...(names.length > 0 ? [{
      name: "exception", label: "appeals.desk.exception", strong: true,
      run: send(() => ({ verdict: "exception", name: name.value, until: until.value || null, for_appellant_only: only.checked })),
    }] : []),
    {
      name: "harmless", label: "appeals.desk.harmless",
      run: send(() => ({ verdict: "harmless", words: harmless.value.split(",").map((word) => word.trim()).filter(Boolean) })),
    },
  ];
  item.append(
    make("h3", {}, `${id} · ${say(found.answer ? `appeals.verdict.${found.answer.verdict}` : "appeals.desk.open")}`),
    facts([
      ["claims.desk.came", moment(found.created)], ["appeals.desk.caller", found.caller],
      ["appeals.desk.prompt", found.prompt ?? say("appeals.desk.gone")],
      ["appeals.desk.rule", decision.findings.map((each) => `${each.rule}: ${each.matched_words}`).join("; ")],
      ["appeals.desk.why", decision.findings.map((each) => words(each.reason)).join(" ")],
    ]),
    make("p", { class: "words" }, found.message),
    ...(found.answer ? [make("p", { class: "words" }, `${moment(found.answer.time)} · ${found.answer.reason}`)] : []),
    answering(id, "claims.desk.reason", extra, buttons, () => true));
  return item;
}
