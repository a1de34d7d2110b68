// Sends wishes to the service, and stays with those that are turned away: says why, what is offered instead and when to
// come back, and comes back by itself where that was asked for.

import { Refused, call, pause } from "./api.js";
import { announce, find, make } from "./dom.js";
import { forgetPhoto, keepPhoto, keptPhoto } from "./photos.js";
import { asks } from "./store.js";
import { about, clock, countdown, knows, say } from "./text.js";

// How often the page comes back by itself for one wish before it leaves the question to its reader.
const mostReturns = 20;
const offlineSeconds = 10;
const slips = new Map();
let taken = () => {};
let standing = () => {};

/** Sets the desk up: `onTaken(group, wish)` gets what was accepted, `onStanding(headers)` what is left of the limits. */
export async function setUpDesk({ onTaken, onStanding }) {
  [taken, standing] = [onTaken, onStanding];
  for (const ask of asks.all().reverse()) {
    if (ask.refusal) show(ask);
    // It was on its way when the page was left. The same key again joins what the first one began.
    else if (ask.key) await send(ask).catch(() => {});
  }
}

/** Sends a wish. Throws ``Refused`` where asking again would not help. */
export async function ask(wish, photo) {
  const key = crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].join("-");
  if (photo) await keepPhoto(key, photo);
  const record = { key, wish, sent: Date.now() };
  asks.add(record);
  await send(record);
}

/** Says that one of the visitor's pictures has ended, which makes room for another. */
export function roomMade() {
  const next = asks.all().reverse().find(({ refusal, hold }) => hold && refusal?.reason === "picturesAtOnce");
  if (next) comeBack(next.key);
}

async function body(record) {
  const { wish } = record;
  const fields = { prompt: wish.sentence, n: wish.count, size: wish.size, quality: wish.quality };
  if (!wish.hasPhoto) {
    // Seeds are larger than what JavaScript's numbers hold exactly, so the number is written as it is.
    const own = [wish.seed && `"seed":${wish.seed}`, wish.style && `"style":${JSON.stringify(wish.style)}`,
      wish.confirmations?.length && `"confirmations":${JSON.stringify(wish.confirmations)}`];
    const inside = own.filter(Boolean).join(",");
    const text = JSON.stringify(fields).slice(0, -1) + (inside ? `,"ondol":{${inside}}}` : "}");
    return { path: "v1/images/generations", body: text, headers: { "Content-Type": "application/json" } };
  }
  const photo = await keptPhoto(record.key);
  if (!photo) throw new Refused({ status: 400, code: "photo_missing", message: say("photo.missing") });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  if (wish.seed) form.append("ondol[seed]", wish.seed);
  if (wish.style) form.append("ondol[style]", wish.style);
  if (wish.confirmations?.length) form.append("ondol[confirmations]", wish.confirmations.join(","));
  if (wish.strength) form.append("ondol[strength]", String(wish.strength));
  form.append("image", photo, "photo.jpg");
  return { path: "v1/images/edits", body: form, headers: {} };
}

async function send(record) {
  try {
    const { path, headers, ...rest } = await body(record);
    const answer = await call(path, {
      method: "POST", ...rest,
      headers: {
        ...headers, Prefer: "respond-async", "Idempotency-Key": record.key,
        ...(record.refusal?.ticket ? { "Ondol-Ticket": record.refusal.ticket } : {}),
      },
    });
    const group = await answer.json();
    standing(answer.headers);
    drop(record.key);
    taken(group, record.wish);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const reason = reasonOf(error);
    if (!knows(`crowd.${reason}.title`)) {
      drop(record.key);
      throw error;
    }
    const refusal = {
      reason, wait: error.details.wait_seconds ?? null, ticket: error.details.ticket ?? null,
      lower: error.details.possible_quality ?? null, at: Date.now(),
      back: error.retryAfterSeconds === null ? null : Date.now() + error.retryAfterSeconds * 1000,
    };
    if (error.isOffline) refusal.back = Date.now() + offlineSeconds * 1000;
    const returns = (record.returns ?? 0) + (record.hold ? 1 : 0);
    const hold = Boolean(record.hold) && returns < mostReturns;
    const changed = { ...record, refusal, returns, hold };
    asks.add(changed);
    show(changed);
    if (!record.hold) announce(`${say(`crowd.${reason}.title`)}. ${say(`crowd.${reason}`, words(refusal))}`);
  }
}

function reasonOf(error) {
  if (error.isOffline) return "offline";
  if (error.details.reason) return error.details.reason;
  return error.status === 503 ? "unavailable" : error.code;
}

const words = (refusal) => ({ wait: refusal.wait === null ? "" : about(refusal.wait) });

function drop(key) {
  asks.remove(key);
  forgetPhoto(key);
  const slip = slips.get(key);
  slip?.timer.abort();
  slips.delete(key);
  if (slip?.element.contains(document.activeElement)) find("pictures").focus({ preventScroll: true });
  slip?.element.remove();
}

async function comeBack(key, changes = {}) {
  const record = asks.get(key);
  if (!record) return;
  const slip = slips.get(key);
  slip?.timer.abort();
  if (slip) {
    slip.element.setAttribute("aria-busy", "true");
    slip.when.textContent = say("crowd.asking");
  }
  try {
    await send({ ...record, ...changes });
  } catch (error) {
    announce(error.words || say("error.other", { request: error.request ?? "" }));
  }
}

/** A slip of paper for a wish that was turned away. */
function show(record) {
  const { key, refusal, wish } = record;
  const isOwn = refusal.reason === "picturesAtOnce";
  const old = slips.get(key);
  old?.timer.abort();
  const hadFocus = old?.element.contains(document.activeElement);
  const when = make("p", { class: "when" });
  const button = (name, act, kind = "button") => make("button", { type: "button", class: kind, onclick: act }, say(name));
  const hold = () => {
    asks.change(key, { hold: true });
    show(asks.get(key));
  };
  const canHold = !record.hold && (isOwn || refusal.back !== null);
  const element = make(
    "li", { class: "slip", "data-reason": refusal.reason, tabindex: "-1" },
    make("h3", {}, say(`crowd.${refusal.reason}.title`)),
    make("p", {}, say(`crowd.${refusal.reason}`, words(refusal))),
    make("p", { class: "sentence" }, wish.sentence),
    refusal.ticket && make("p", { class: "ticket" }, say("crowd.ticket", { number: refusal.ticket })),
    when,
    make("div", { class: "actions" },
      canHold && button(isOwn ? "crowd.holdOwn" : "crowd.hold", hold, "button strong"),
      refusal.lower && button("crowd.lower", () => comeBack(key, { wish: { ...wish, quality: refusal.lower } })),
      refusal.reason !== "picturesPerDay" && button("crowd.now", () => comeBack(key)),
      button("crowd.drop", () => drop(key))));
  const timer = new AbortController();
  slips.set(key, { element, timer, when });
  if (old) old.element.replaceWith(element);
  else find("crowd").prepend(element);
  if (hadFocus) element.focus();
  wait(record, isOwn, when, timer.signal).catch((error) => { if (error.name !== "AbortError") throw error; });
}

async function wait({ key, refusal, hold }, isOwn, when, signal) {
  if (refusal.back === null || isOwn) {
    when.textContent = hold && isOwn ? say("crowd.heldOwn") : "";
    return;
  }
  const sentence = say(hold ? "crowd.held" : "crowd.when", { time: clock(refusal.back) });
  const left = make("span", { class: "countdown", "aria-hidden": "true" });
  when.replaceChildren(sentence, " ", left);
  for (;;) {
    const seconds = (refusal.back - Date.now()) / 1000;
    if (seconds <= 0) break;
    left.textContent = say("crowd.countdown", { left: countdown(seconds) });
    await pause(Math.min(1000, seconds * 1000), signal);
  }
  left.textContent = "";
  if (hold) await comeBack(key);
}
