// Sends a picture to be verified, and says what was found. The picture is kept nowhere.

import { find, make, tell } from "./dom.js";
import { say } from "./text.js";

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
  const answer = await fetch("v1/verify", {
    method: "POST", headers: { "content-type": file.type || "application/octet-stream" }, body: file,
  });
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) return body;
  const code = body?.error?.code;
  throw new Error(say(code === "overloaded" ? "verify.busy" : code === "invalid_image" ? "verify.unreadable" : "verify.failed"));
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
    if (mine === turn) tell(find("problem"), error instanceof TypeError ? say("verify.offline") : error.message);
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
