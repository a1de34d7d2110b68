// The sheets on the floor: one a picture, from waiting to finished.

import { local } from "./api.js";
import { make } from "./dom.js";
import { confidence, say, sayCount, span } from "./text.js";

const ended = new Set(["completed", "failed", "cancelled", "gone"]);
export const hasEnded = (state) => ended.has(state);

/** One sheet. `record` is what the browser keeps of it; `live` what the server said last. */
export class Paper {
  /** `acts` has `open`, `cancel`, `again`, `retry` and `remove`, each called with the record. */
  constructor(record, acts) {
    this.record = record;
    this.live = { at: performance.now() };
    this.picture = null;
    this.sheet = make("div", { class: "sheet-of-paper" });
    const [width, height] = record.wish.size.split("x").map(Number);
    this.sheet.style.aspectRatio = `${width} / ${height}`;
    this.progress = make("progress", { max: "1", "aria-label": say("state.drawing"), hidden: true });
    this.status = make("p", { class: "status" });
    this.left = make("p", { class: "left" });
    this.sentence = make("p", { class: "sentence" }, record.wish.sentence);
    this.note = make("p", { class: "hint", hidden: true });
    const button = (name, act, visible = true) =>
      make("button", { type: "button", class: "button", hidden: !visible, onclick: () => act(this.record) }, say(name));
    this.buttons = {
      cancel: button("picture.cancel", acts.cancel),
      retry: button("picture.retry", acts.retry),
      again: button("picture.again", acts.again),
      remove: button("picture.remove", acts.remove),
    };
    this.download = make("a", { class: "button", download: "" }, say("picture.download"));
    this.acts = acts;
    this.element = make(
      "li", { class: "paper", "data-job": record.job }, this.sheet,
      make("div", { class: "words" }, this.sentence, this.status, this.progress, this.left, this.note,
        make("div", { class: "actions" }, this.download, ...Object.values(this.buttons))));
    this.show();
  }

  /** Takes what is kept of the picture now. */
  change(record) {
    this.record = record;
    this.show();
  }

  /** Takes what the server says of a picture that is not done. */
  hear(live) {
    this.live = { ...this.live, ...live, at: performance.now() };
    if (live.preview) this.put(local(live.preview), say("picture.preview", { sentence: this.record.wish.sentence }));
    this.show();
  }

  /** Shows a finished picture. */
  put(source, alt, isFinished = false) {
    if (this.source === source) return;
    this.source = source;
    const image = make("img", { alt, decoding: "async", src: source });
    image.addEventListener("load", () => {
      if (this.source !== source) return;
      const older = [...this.sheet.children];
      image.classList.add("arriving");
      this.sheet.append(
        isFinished
          ? make("button", { type: "button", class: "look", "aria-label": say("picture.open", { sentence: alt }),
            onclick: () => this.acts.open(this.record) }, image)
          : image);
      setTimeout(() => older.forEach((each) => each.remove()), 700);
    });
    image.addEventListener("error", () => { if (this.source === source) this.source = null; });
  }

  get statusText() {
    const { state, lost } = this.record.state === "drawing" || this.record.state === "queued"
      ? { state: this.record.state, lost: this.live.lost } : { state: this.record.state };
    if (lost) return say("state.reconnecting");
    if (state === "queued") {
      if (!this.live.place) return say("state.waiting");
      return this.live.place === 1 ? say("state.next") : sayCount("state.place", this.live.place - 1);
    }
    if (state === "drawing") {
      return this.live.steps
        ? say("state.steps", { step: this.live.step, steps: this.live.steps }) : say("state.drawing");
    }
    return say(`state.${state}`);
  }

  get leftText() {
    if (hasEnded(this.record.state)) return "";
    const range = this.live.timeLeft;
    if (!range) return this.record.state === "queued" && this.live.place ? say("time.unknown") : "";
    const passed = (performance.now() - this.live.at) / 1000;
    if (range.latest_seconds - passed <= 0) return say("time.late");
    const earliest = Math.max(0, range.earliest_seconds - passed);
    return span(earliest, range.latest_seconds - passed, "left");
  }

  /** Writes what changes with time. */
  tick() {
    const text = this.leftText;
    if (this.left.textContent !== text) this.left.textContent = text;
    this.left.hidden = text === "";
  }

  show() {
    const { state, lowered, error } = this.record;
    this.element.dataset.state = state;
    this.status.textContent = state === "completed" ? "" : this.statusText;
    this.status.hidden = state === "completed";
    const share = this.live.steps ? this.live.step / this.live.steps : null;
    this.progress.hidden = state !== "drawing" || share === null;
    if (share !== null) this.progress.value = share;
    const isOpen = !hasEnded(state);
    const sure = isOpen && this.live.timeLeft ? confidence(this.live.timeLeft.confidence) : "";
    const note = state === "completed" && lowered ? say("picture.lowered") : error ?? sure;
    this.note.textContent = note;
    this.note.hidden = note === "";
    const { cancel, retry, again, remove } = this.buttons;
    const hadFocus = document.activeElement === cancel;
    cancel.hidden = !isOpen;
    retry.hidden = state !== "failed" && state !== "cancelled";
    again.hidden = state !== "completed";
    remove.hidden = isOpen || state === "completed";
    this.download.hidden = state !== "completed" || !this.record.link;
    if (this.record.link) this.download.href = local(this.record.link);
    // Who was at the button that goes stays at this picture.
    if (hadFocus && !isOpen) [this.download, retry, remove].find((each) => !each.hidden)?.focus();
    this.sheet.classList.toggle("blank", !this.source);
    if (isOpen) this.sheet.setAttribute("aria-busy", "true");
    else this.sheet.removeAttribute("aria-busy");
    this.tick();
    if (state === "completed" && this.record.link) this.put(local(this.record.link), this.record.wish.sentence, true);
  }
}
