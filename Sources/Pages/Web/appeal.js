// Takes an objection to a refusal, from the person who was refused, and shows the answers to those sent from this browser.

import { Refused, call } from "./api.js";
import { find, isFine, make, tell } from "./dom.js";
import { forget, keepSent, keptRefused, sent } from "./objections.js";
import { date, day, say } from "./text.js";

const language = document.documentElement.lang === "ko" ? "ko" : "en";
const moment = (seconds) => date(seconds * 1000);

function begin() {
  const refused = keptRefused();
  find("sentence").value = refused?.sentence ?? "";
  tell(find("why-words"), refused?.why ?? "");
  find("why").hidden = !refused?.why;
  // What was said about one sentence is not said of another.
  find("sentence").addEventListener("input", () => {
    find("why").hidden = !refused?.why || find("sentence").value.trim() !== refused.sentence;
  });
  showMine();
}

function problem(error) {
  if (!(error instanceof Refused) || error.isOffline) return say("objection.offline");
  if (error.code === "visitor_unknown") return say("error.cookies");
  if (error.status === 401) return say("error.keyNeeded");
  const texts = { nothing_refused: "objection.nothing", too_many_appeals: "objection.tooMany", appeals_full: "objection.full" };
  const known = texts[error.code] ?? (error.status === 429 ? "objection.slower" : "error.other");
  return say(known, { request: error.request });
}

function isSound() {
  const sound = [
    isFine("sentence", find("sentence").value.trim() ? "" : say("objection.form.sentenceMissing")),
    isFine("message", find("message").value.trim() ? "" : say("objection.form.messageMissing")),
  ];
  document.querySelector("#objection [aria-invalid=true]")?.focus();
  return sound.every(Boolean);
}

find("objection").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = find("send");
  if (button.getAttribute("aria-disabled") === "true" || !isSound()) return;
  tell(find("form-problem"), "");
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await call("v1/policy/appeals", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ prompt: find("sentence").value.trim(), message: find("message").value.trim() }),
    });
    keepSent((await answer.json()).id);
    find("objection").hidden = true;
    find("taken").hidden = false;
    find("taken").focus();
    await showMine();
  } catch (error) {
    tell(find("form-problem"), problem(error));
  } finally {
    button.removeAttribute("aria-disabled");
  }
});

find("another").addEventListener("click", () => {
  find("taken").hidden = true;
  find("objection").reset();
  find("sentence").value = "";
  find("why").hidden = true;
  find("objection").hidden = false;
  find("sentence").focus();
});

// What became of them.

async function showMine() {
  tell(find("mine-problem"), "");
  const shown = [];
  for (const id of sent()) {
    try {
      shown.push(entry(await (await call(`v1/policy/appeals/${encodeURIComponent(id)}`)).json()));
    } catch (error) {
      // Another visitor's by now, as after cookies were deleted.
      if (error.status === 404) forget(id);
      else {
        tell(find("mine-problem"), problem(error));
        break;
      }
    }
  }
  find("mine").replaceChildren(...shown);
  find("mine-none").hidden = shown.length > 0;
}

function entry({ created, prompt, message, answer, decision }) {
  const state = answer ? say(`objection.verdict.${answer.verdict}`) : say("objection.waits");
  const [first] = decision.findings ?? [];
  return make("li", {},
    make("h3", {}, `${moment(answer?.time ?? created)} · ${state}`),
    prompt && make("blockquote", {}, prompt),
    first && make("p", { class: "hint" }, first.reason[language]),
    make("p", {}, make("strong", {}, say("objection.yours")), ` ${message}`),
    answer && make("p", { class: "answer" }, make("strong", {}, say("objection.answer")), ` ${answer.reason}`),
    answer?.until && make("p", { class: "hint" }, say("objection.until", { day: day(answer.until) })));
}

begin();
