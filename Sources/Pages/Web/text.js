// The words of the page in its language, and spans of time as people say them.

const words = await load();
const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);

async function load() {
  const answer = await fetch(document.documentElement.dataset.texts);
  if (!answer.ok) throw new Error("the page's words cannot be loaded");
  return answer.json();
}

/** The text of a key, with its {names} filled in. */
export function say(key, values = {}) {
  const text = words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Whether there is a text of this key. */
export const knows = (key) => key in words;

/** The text of a key that differs by number. */
export function sayCount(key, count) {
  return say(`${key}.${plurals.select(count)}`, { count: number(count) });
}

/** A number as the language writes it. */
export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** The time of day of a moment in milliseconds; with the day where it is not today. */
export function clock(milliseconds, { seconds = false } = {}) {
  const moment = new Date(milliseconds);
  const isToday = moment.toDateString() === new Date().toDateString();
  const shown = isToday ? {} : { month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(language, {
    ...shown, hour: "numeric", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}),
  }).format(moment);
}

/** Day and time of day of a moment in milliseconds. */
export function date(milliseconds) {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(milliseconds);
}

/** A day that is written as `2026-11-28`. */
export function day(text) {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${text}T00:00:00Z`));
}

const units = [
  { name: "seconds", below: 90, unit: 1, step: 5 },
  { name: "minutes", below: 5400, unit: 60, step: 1 },
  { name: "hours", below: Infinity, unit: 3600, step: 1 },
];

/**
 * A span of time between two bounds in seconds, widened to round numbers and never narrowed: alone (`time`), or as the
 * time that is left (`left`).
 */
export function span(earliest, latest, purpose = "time") {
  const { name, unit, step } = units.find(({ below }) => latest < below);
  const high = Math.max(step, Math.ceil(latest / unit / step) * step);
  const low = Math.max(0, Math.floor(earliest / unit / step) * step);
  const kind = low === 0 ? "within" : low === high ? "about" : "range";
  return say(`${purpose}.${name}.${kind}`, { earliest: number(low), latest: number(high) });
}

/** A single span in seconds, rounded up. */
export const about = (seconds) => span(seconds, seconds);

/** Minutes and seconds as on a kitchen clock. */
export function countdown(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** How sure a promise is, in tenths; nothing where that is not worth saying. */
export function confidence(share) {
  const tenths = Math.floor(share * 10 + 1e-9);
  return knows(`tenths.${tenths}`) ? say("time.confidence", { tenths: say(`tenths.${tenths}`) }) : "";
}
