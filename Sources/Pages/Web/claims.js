// Takes what somebody says is theirs, and tells by its number what became of it. No key is asked for.

import { Refused, send } from "./api.js";
import { find, isFine, make, tell } from "./dom.js";
import { date, say } from "./text.js";

const language = document.documentElement.lang;
const largest = 10_000_000;
const known = new URLSearchParams(location.search);

const words = (texts) => texts[language] ?? texts.en;
const moment = (seconds) => date(seconds * 1000);

async function begin() {
  try {
    const rules = await (await send("v1/claims")).json();
    tell(find("promise"), [
      say("claims.promise", { look: rules.look_days, answer: rules.answer_days }), say(`claims.suspension.${rules.suspension}`),
    ].join(" "));
    find("style").append(...rules.styles.map(({ id, title }) => make("option", { value: id }, words(title))));
    if (rules.styles.some(({ id }) => id === known.get("style"))) find("style").value = known.get("style");
  } catch (error) {
    tell(find("form-problem"), say(error.status === 404 ? "claims.absent" : "claims.offline"));
    find("send").setAttribute("aria-disabled", "true");
  }
}

function problem(error) {
  if (!(error instanceof Refused) || error.isOffline) return say("claims.offline");
  const texts = { too_many_claims: "claims.tooMany", claims_full: "claims.full", claim_not_found: "claims.unknown" };
  return say(texts[error.code] ?? "error.other", { request: error.request });
}

function isSound() {
  const file = find("picture").files[0];
  const link = find("link").value.trim();
  const sound = [
    isFine("text", find("text").value.trim() ? "" : say("claims.form.textMissing")),
    isFine("link", !link || /^https?:\/\//.test(link) ? "" : say("claims.form.linkWrong")),
    isFine("picture", file && (file.size > largest || !/^image\/(png|jpeg|webp)$/.test(file.type)) ? say("claims.form.pictureWrong") : ""),
    isFine("who", find("who").value.trim() ? "" : say("claims.form.nameMissing")),
    isFine("contact", find("contact").value.trim() ? "" : say("claims.form.contactMissing")),
  ];
  document.querySelector("#claim [aria-invalid=true]")?.focus();
  return sound.every(Boolean);
}

function dataURL(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => reject(new Refused({})));
    reader.readAsDataURL(file);
  });
}

find("claim").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = find("send");
  if (button.getAttribute("aria-disabled") === "true" || !isSound()) return;
  tell(find("form-problem"), "");
  button.setAttribute("aria-disabled", "true");
  try {
    const file = find("picture").files[0];
    const answer = await send("v1/claims", {
      method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        style: find("style").value || null, text: find("text").value.trim(), link: find("link").value.trim() || null,
        name: find("who").value.trim(), contact: find("contact").value.trim(), language,
        picture: file ? { image_url: await dataURL(file) } : null,
      }),
    });
    const claim = await answer.json();
    find("taken-receipt").textContent = claim.receipt;
    find("taken-when").textContent = say("claims.taken.when", { look: moment(claim.look_by), answer: moment(claim.answer_by) });
    find("receipt").value = claim.receipt;
    find("claim").hidden = true;
    find("taken").hidden = false;
    find("taken").focus();
  } catch (error) {
    tell(find("form-problem"), problem(error));
  } finally {
    button.removeAttribute("aria-disabled");
  }
});

find("another").addEventListener("click", () => {
  find("taken").hidden = true;
  find("claim").reset();
  find("claim").hidden = false;
  find("style").focus();
});

find("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  find("found").hidden = true;
  const receipt = find("receipt").value.trim();
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(receipt)) {
    tell(find("ask-problem"), say("claims.unknown"));
    return;
  }
  try {
    const claim = await (await send(`v1/claims/${receipt}`)).json();
    tell(find("ask-problem"), "");
    find("found-title").textContent = say(`claims.status.${claim.status}`);
    const isOpen = ["received", "taken-up"].includes(claim.status);
    tell(find("found-when"), isOpen ? say("claims.found.when", { answer: moment(claim.answer_by) }) : "");
    find("found-style").hidden = !claim.style_suspended;
    find("found-steps").replaceChildren(
      make("li", {}, make("strong", {}, `${moment(claim.created)} · ${say("claims.status.received")}`)),
      ...claim.steps.map((step) =>
        make("li", {}, make("strong", {}, `${moment(step.time)} · ${say(`claims.status.${step.status}`)}`), step.reason)));
    find("found").hidden = false;
    find("found").focus();
  } catch (error) {
    tell(find("ask-problem"), problem(error));
  }
});

begin();
