// Sends a picture to be verified, and says what was found. The picture is kept nowhere.

import { Refused, call, local } from "./api.js";
import { find, make, tell } from "./dom.js";
import { day, say } from "./text.js";

const language = document.documentElement.lang;
const signs = { "trusted": "✓", "unknown-signer": "?", "altered": "✕", "nothing-found": "–" };
// The server refuses what is larger; said here before it is sent.
const largest = 50_000_000;
// Only the last picture's answer is shown.
let turn = 0;

const words = (texts) => texts[language] ?? texts.en;

async function show(file) {
  const canvas = find("shown");
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 640 / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.hidden = false;
  } catch {
    canvas.hidden = true;
  }
}

async function ask(file) {
  // As a visitor, so that whoever drew a picture here is told which one it is.
  const answer = await call("v1/verify", {
    method: "POST", headers: { "Content-Type": file.type || "application/octet-stream" }, body: file,
  });
  return answer.json();
}

const problems = { overloaded: "verify.busy", invalid_image: "verify.unreadable" };

function problem(error) {
  return say(error instanceof Refused && error.isOffline ? "verify.offline" : problems[error.code] ?? "verify.failed");
}

function reportKnown(known) {
  find("known").hidden = !known;
  if (!known) return;
  find("known-words").textContent = say(known.yours ? "verify.known.yours" : "verify.known.somebody", { day: day(known.day) });
  find("known-link").hidden = !known.url;
  if (known.url) find("known-link").href = local(known.url);
}

function report(found) {
  const finding = find("finding");
  finding.dataset.answer = found.answer;
  find("headline").dataset.sign = signs[found.answer] ?? "";
  find("headline").textContent = words(found.headline);
  find("meaning").textContent = words(found.meaning);
  find("sentences").replaceChildren(...found.sentences.map((sentence) => make("li", {}, words(sentence))));
  find("facts").replaceChildren(
    ...found.facts.flatMap((fact) => [make("dt", {}, words(fact.name)), make("dd", {}, words(fact.text))]));
  reportKnown(found.known);
  finding.hidden = false;
  finding.focus();
}

async function verify(file) {
  const mine = ++turn;
  find("finding").hidden = true;
  tell(find("problem"), file.size > largest ? say("verify.large") : "");
  if (file.size > largest) return;
  find("main").setAttribute("aria-busy", "true");
  try {
    const [found] = await Promise.all([ask(file), show(file)]);
    if (mine === turn) report(found);
  } catch (error) {
    if (mine === turn) tell(find("problem"), problem(error));
  } finally {
    if (mine === turn) find("main").removeAttribute("aria-busy");
  }
}

const picker = find("picture");
picker.addEventListener("change", () => {
  const file = picker.files[0];
  // So that the same file can be chosen again.
  if (file) verify(file).finally(() => { picker.value = ""; });
});

const drop = find("drop");
for (const name of ["dragover", "dragenter"]) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  const file = event.dataTransfer.files[0];
  if (file) verify(file);
});
