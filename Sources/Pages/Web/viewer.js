// A picture looked at closely.

import { local } from "./api.js";
import { find, make } from "./dom.js";
import { date, knows, say } from "./text.js";

const dialog = find("viewer");
let shown = null;

/** Sets the viewer up; `again` and `remove` are called with the picture's record. */
export function setUpViewer({ again, remove }) {
  const act = (work) => () => {
    const record = shown;
    dialog.close();
    work(record);
  };
  find("viewer-again").addEventListener("click", act(again));
  find("viewer-remove").addEventListener("click", act(remove));
  find("viewer-close").addEventListener("click", () => dialog.close());
  // A click beside the picture closes, as people expect of pictures that come to the front.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

/** Opens a picture. */
export function view(record) {
  shown = record;
  const picture = find("viewer-picture");
  picture.src = local(record.link);
  picture.alt = record.wish.sentence;
  const [width, height] = record.wish.size.split("x");
  picture.width = Number(width);
  picture.height = Number(height);
  find("viewer-sentence").textContent = record.wish.sentence;
  find("viewer-download").href = local(record.link);
  const facts = [
    ["fact.size", record.wish.size.replace("x", "×")],
    ["fact.seed", record.seed],
    ["fact.tier", knows(`tier.${record.tier}`) ? say(`tier.${record.tier}`) : null],
    ["fact.style", record.wish.style],
    ["fact.time", record.completed ? date(record.completed * 1000) : null],
  ];
  find("viewer-facts").replaceChildren(
    ...facts.filter(([, value]) => value).flatMap(([name, value]) =>
      [make("dt", {}, say(name)), make("dd", {}, value)]));
  dialog.showModal();
}
