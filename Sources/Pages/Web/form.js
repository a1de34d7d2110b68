// The form: what is wished for.

import { find, make, announce, tell } from "./dom.js";
import { draft } from "./store.js";
import { encodePhoto, readPhoto } from "./photos.js";
import { say, sayCount, knows } from "./text.js";

const media = ["watercolor", "oil", "ink", "pencil", "pastel", "flat"];
const largestSeed = 9223372036854775807n;
const form = find("form");
const sentence = find("sentence");
let photo = null;
let example = 0;

/** Sets the form up for what the server offers: `sizes`, `default_size`, `photos`, `styles`. */
export function setUpForm(offer, onWish) {
  const kept = draft.get();
  offerStyles(offer.styles, kept.style);
  offerSizes(offer.sizes, kept.size ?? offer.default_size);
  offerCounts(kept.count ?? 1);
  find("drop").closest(".field").hidden = !offer.photos;
  sentence.value = kept.sentence ?? "";
  find("seed").value = kept.seed ?? "";
  find("more").open = Boolean(kept.seed) || kept.quality === "high";
  check("quality", kept.quality ?? "auto");
  showMedia();
  sentence.addEventListener("input", () => { showMedia(); tell(find("sentence-problem"), ""); markWrong(sentence, false); });
  form.addEventListener("input", keepDraft);
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(onWish); });
  sentence.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  find("example").addEventListener("click", () => {
    example += 1;
    if (!knows(`example.${example}`)) example = 1;
    sentence.value = say(`example.${example}`);
    showMedia();
    keepDraft();
    sentence.focus();
  });
  setUpPhoto();
}

/** Fills the form with an earlier wish. */
export function fillForm(wish, seed) {
  sentence.value = wish.sentence;
  find("seed").value = seed ?? "";
  if (seed) find("more").open = true;
  check("size", wish.size);
  check("style", wish.style ?? "");
  showMedia();
  keepDraft();
  sentence.focus();
  form.scrollIntoView({ block: "start" });
  announce(say("say.filled"));
}

/** Whether a wish is being sent. */
export function setBusy(isBusy) {
  const button = find("draw");
  // Not disabled: a button that loses focus loses those who came to it by keyboard.
  button.setAttribute("aria-disabled", String(isBusy));
  button.textContent = say(isBusy ? "draw.sending" : "draw.button");
}

/** Says what is wrong with the whole form. */
export const showProblem = (text) => { find("form-problem").textContent = text; };

function values() {
  return {
    sentence: sentence.value.trim(), style: chosen("style") || null, size: chosen("size"),
    count: Number(chosen("count") ?? 1), quality: chosen("quality"), seed: find("seed").value.trim() || null,
    strength: photo ? Number(find("strength").value) / 100 : null, hasPhoto: photo !== null,
  };
}

const keepDraft = () => draft.set(values());
const chosen = (name) => form.querySelector(`input[name="${name}"]:checked`)?.value;

function check(name, value) {
  const input = [...form.querySelectorAll(`input[name="${name}"]`)].find((each) => each.value === String(value));
  if (input) input.checked = true;
}

function markWrong(input, isWrong) {
  if (isWrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

function isSeed(text) {
  return /^\d{1,19}$/.test(text) && BigInt(text) <= largestSeed;
}

async function submit(onWish) {
  if (find("draw").getAttribute("aria-disabled") === "true") return;
  const wish = values();
  showProblem("");
  const isMissing = wish.sentence === "";
  const isSeedWrong = wish.seed !== null && !isSeed(wish.seed);
  tell(find("sentence-problem"), isMissing ? say("sentence.missing") : "");
  tell(find("seed-problem"), isSeedWrong ? say("seed.wrong") : "");
  markWrong(sentence, isMissing);
  markWrong(find("seed"), isSeedWrong);
  if (isSeedWrong) find("more").open = true;
  if (isMissing || isSeedWrong) return (isMissing ? sentence : find("seed")).focus();
  if (wish.seed !== null) wish.seed = String(BigInt(wish.seed));
  setBusy(true);
  try {
    await onWish(wish, photo ? await encodePhoto(photo) : null);
  } finally {
    setBusy(false);
  }
}

function radio(name, value, isChecked, ...label) {
  return make(
    "label", { class: "choice" }, make("input", { type: "radio", name, value, checked: isChecked }),
    make("span", {}, ...label));
}

function offerStyles(styles, kept) {
  const box = find("styles");
  if (styles.length > 0) {
    find("style-legend").textContent = say("style.label");
    box.append(radio("style", "", !styles.some(({ id }) => id === kept), say("style.none")));
    for (const { id, name, artist } of styles) {
      box.append(radio("style", id, id === kept, artist ? say("style.by", { name, artist }) : name));
    }
    return;
  }
  for (const medium of media) {
    box.append(
      make(
        "button", { type: "button", class: "chip", "data-medium": medium, "aria-pressed": "false",
          onclick: () => toggleMedium(medium) },
        say(`media.${medium}`)));
  }
}

// A medium is words of the sentence: the built-in model knows it by them.
function toggleMedium(medium) {
  const words = say(`media.${medium}.words`);
  const parts = sentence.value.split(",").map((part) => part.trim()).filter((part) => part !== "");
  const all = media.map((each) => say(`media.${each}.words`));
  const rest = parts.filter((part) => !all.includes(part));
  sentence.value = (parts.includes(words) ? rest : [...rest, words]).join(", ");
  showMedia();
  keepDraft();
}

function showMedia() {
  const parts = sentence.value.split(",").map((part) => part.trim());
  for (const chip of form.querySelectorAll("[data-medium]")) {
    chip.setAttribute("aria-pressed", String(parts.includes(say(`media.${chip.dataset.medium}.words`))));
  }
}

function offerSizes(sizes, kept) {
  const pick = sizes.includes(kept) ? kept : sizes[0];
  for (const size of sizes) {
    const [width, height] = size.split("x").map(Number);
    const shape = width === height ? "square" : width > height ? "wide" : "tall";
    const frame = make("span", { class: `frame ${shape}`, "aria-hidden": "true" });
    find("sizes").append(
      radio("size", size, size === pick, frame, make("span", {}, say(`size.${shape}`)),
        make("small", {}, `${width}×${height}`)));
  }
}

function offerCounts(kept) {
  for (const count of [1, 2, 3, 4]) {
    const box = radio("count", String(count), count === kept, String(count));
    box.querySelector("input").setAttribute("aria-label", sayCount("count.value", count));
    find("counts").append(box);
  }
}

function setUpPhoto() {
  const [input, drop] = [find("photo"), find("drop")];
  input.addEventListener("change", () => takePhoto(input.files[0]));
  find("photo-remove").addEventListener("click", () => { showPhoto(null); input.value = ""; input.focus(); });
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); takePhoto(event.dataTransfer.files[0]); });
  // A photo that misses its place must not replace the page.
  window.addEventListener("dragover", (event) => event.preventDefault());
  window.addEventListener("drop", (event) => event.preventDefault());
  sentence.addEventListener("paste", (event) => {
    const file = [...event.clipboardData.files].find(({ type }) => type.startsWith("image/"));
    if (file) { event.preventDefault(); takePhoto(file); }
  });
  const strength = find("strength");
  const show = () => strength.setAttribute("aria-valuetext", say("strength.value", { percent: strength.value }));
  strength.addEventListener("input", show);
  show();
}

async function takePhoto(file) {
  if (!file) return;
  try {
    showPhoto(await readPhoto(file));
    tell(find("photo-problem"), "");
  } catch {
    showPhoto(null);
    tell(find("photo-problem"), say("photo.unreadable"));
    announce(say("photo.unreadable"));
  }
}

function showPhoto(canvas) {
  photo = canvas;
  const shown = find("photo-canvas");
  shown.hidden = !canvas;
  find("photo-remove").hidden = !canvas;
  find("strength-field").hidden = !canvas;
  find("photo-hint").textContent = say(canvas ? "photo.chosen" : "photo.hint");
  if (!canvas) return;
  const scale = Math.min(1, 240 / Math.max(canvas.width, canvas.height));
  shown.width = Math.round(canvas.width * scale);
  shown.height = Math.round(canvas.height * scale);
  shown.getContext("2d").drawImage(canvas, 0, 0, shown.width, shown.height);
  announce(say("photo.chosen"));
}
