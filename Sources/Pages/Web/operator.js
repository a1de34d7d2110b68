// The operator's page: the door, and the figures behind it while the key is good.

import { Refused, backOff, callWithKey, events } from "./api.js";
import { openDesks } from "./desks.js";
import { announce, find, make } from "./dom.js";
import { demandPlot, deviceStone } from "./floor.js";
import { about, clock, number, say, sayCount } from "./text.js";

const keyName = "ondol.operator";
let watching = null;
let newest = null;

find("door").addEventListener("submit", (event) => {
  event.preventDefault();
  enter(find("key").value.trim());
});
find("leave").addEventListener("click", () => leave(""));
const remembered = sessionStorage.getItem(keyName);
if (remembered) enter(remembered);
else find("key").focus();

async function enter(key) {
  watching?.abort();
  watching = new AbortController();
  try {
    if (!key) throw new Refused({ status: 401, code: "missing" });
    show(await (await callWithKey("v1/floor", key, { signal: watching.signal })).json());
    sessionStorage.setItem(keyName, key);
    find("key").value = "";
    find("door").hidden = true;
    find("house").hidden = false;
    find("leave").hidden = false;
    await openDesks(key);
    await watch(key, watching.signal);
  } catch (error) {
    if (error.name === "AbortError") return;
    leave(problem(error));
  }
}

function problem(error) {
  if (!(error instanceof Refused) || error.isOffline) return say("door.offline");
  if (error.status === 403) return say("door.scope");
  return say(error.status === 404 ? "door.absent" : "door.wrong");
}

function leave(text) {
  watching?.abort();
  sessionStorage.removeItem(keyName);
  find("house").hidden = true;
  find("leave").hidden = true;
  find("door").hidden = false;
  find("door-problem").textContent = text;
  find("key").focus();
}

async function watch(key, signal) {
  let seen = "0";
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await callWithKey("v1/floor/events", key, { headers: { "Last-Event-ID": seen }, signal });
      for await (const event of events(answer)) {
        if (event.name === "error") throw new Refused({ status: event.data.error.code === "invalid_api_key" ? 401 : 500 });
        attempt = 0;
        seen = event.id;
        show(event.data);
      }
    } catch (error) {
      if (error.name === "AbortError" || [401, 403, 404].includes(error.status)) throw error;
    }
    live(false);
    await backOff(attempt, signal);
  }
}

function live(isLive) {
  // Said only when it changes: the time beside it changes every second.
  if (isLive === find("live").classList.contains("lost")) announce(say(isLive ? "live.again" : "live.lost"));
  find("live").textContent = say(isLive ? "live.on" : "live.off", { time: clock(newest.time * 1000, { seconds: true }) });
  find("live").classList.toggle("lost", !isLive);
}

const wait = (seconds) => (seconds === null ? say("figure.never") : about(seconds));

function show(report) {
  newest = report;
  live(true);
  const able = report.devices.filter(({ state }) => ["idle", "drawing"].includes(state)).length;
  figures([
    ["figure.wait", wait(report.queue.wait_seconds)],
    ["figure.waiting", sayCount("figure.count", report.queue.waiting)],
    ["figure.drawing", sayCount("figure.count", report.queue.drawing)],
    ["figure.tier", say(`tier.${report.tier}`)],
    ["figure.devices", say("figure.ofDevices", { count: number(able), total: number(report.devices.length) })],
  ]);
  find("devices").replaceChildren(
    ...(report.devices.length > 0 ? report.devices.map(deviceStone) : [make("li", { class: "hint" }, say("devices.none"))]));
  demand(report.demand);
  table("forecast", ["forecast.when", "forecast.asked", "forecast.wait", "forecast.devices"], report.forecast.map((each) => [
    say("forecast.minutes", { minutes: number(each.minutes) }), number(each.asked_per_second, 2),
    wait(each.wait_seconds), say("figure.ofDevices", { count: number(each.devices_needed), total: number(report.devices.length) }),
  ]));
  bars("tiers", ["tiers.tier", "tiers.count"], report.pictures.map(({ tier, count }) => [say(`tier.${tier}`), count]));
  bars("refusals", ["refusals.reason", "refusals.count"],
    [...report.refusals.map(({ reason, count }) => [say(`reason.${reason}`), count]),
      ...report.policy.map(({ outcome, count }) => [say(`stopped.${outcome}`), count])]);
  table("plans", ["plan.name", "plan.requests", "plan.day", "plan.once", "plan.weight", "plan.wait", "plan.tier"],
    report.plans.map((plan) => [
      plan.name, number(plan.requests_per_minute), number(plan.pictures_per_day), number(plan.pictures_at_once),
      number(plan.weight, 2), about(plan.longest_wait_seconds), say(`tier.${plan.lowest_tier}`),
    ]));
  table("keys", ["key.label", "key.plan", "key.today", "key.open", "key.state"], report.keys.map((key) => [
    `${key.label} (${key.id})`, key.plan, number(key.pictures_today), number(key.pictures_open),
    say(key.revoked ? "key.revoked" : "key.valid"),
  ]));
  find("keys-more").textContent = report.keys.length === 0
    ? say("keys.none") : say("keys.more", { total: number(report.key_count), shown: number(report.keys.length) });
}

function figures(rows) {
  find("figures").replaceChildren(
    ...rows.map(([name, value]) => make("div", {}, make("dt", {}, say(name)), make("dd", {}, value))));
}

function demand({ minutes, capacity_per_second: capacity }) {
  const last = minutes.at(-1);
  find("demand-words").textContent = last
    ? say("demand.words", { asked: number(last.asked_seconds / 60, 2), capacity: number(capacity, 2) })
    : say("demand.empty");
  find("demand").replaceChildren(...(last ? [demandPlot(minutes, capacity)] : []));
}

function heads(names) {
  return make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, say(name)))));
}

function table(id, names, rows) {
  const line = ([first, ...rest]) =>
    make("tr", {}, make("th", { scope: "row" }, first), ...rest.map((cell) => make("td", {}, cell)));
  find(id).replaceChildren(heads(names), make("tbody", {}, ...rows.map(line)));
}

function bars(id, names, rows) {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  const line = ([name, count]) => {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(count / most) * 100}%`;
    return make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, make("span", { class: "count" }, number(count)), bar));
  };
  find(id).replaceChildren(heads(names), make("tbody", {}, ...rows.map(line)));
}
