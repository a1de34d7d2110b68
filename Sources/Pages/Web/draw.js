// The person's page: puts its parts together.

import { Refused, call, linkEnd, visit } from "./api.js";
import { ask, roomMade, setUpDesk } from "./desk.js";
import { announce, find, tell } from "./dom.js";
import { fillForm, setUpForm, showProblem } from "./form.js";
import { cancel, follow, look } from "./line.js";
import { keepRefused } from "./objections.js";
import { Paper, hasEnded } from "./papers.js";
import { outlives, pictures } from "./store.js";
import { say, sayCount } from "./text.js";
import { setUpViewer, view } from "./viewer.js";

const pageful = 24;
// From so many pictures left today on, people are told; before, it would only be noise.
const nearLimit = 30;
const papers = new Map();
const followed = new Set();
const usualTitle = document.title;

async function start() {
  showKept();
  await visit();
  const offer = await (await call("page/offer")).json();
  setUpForm(offer, wishFor);
  setUpViewer({ again, remove });
  find("older").addEventListener("click", showOlder);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) showTitle(); });
  setInterval(() => papers.forEach((paper) => { if (!hasEnded(paper.record.state)) paper.tick(); }), 1000);
  if (!outlives()) showProblem(say("error.browser"));
  for (const group of new Set(pictures.all().filter(({ state }) => !hasEnded(state)).map(({ group }) => group))) {
    accompany(group);
  }
  await setUpDesk({ onTaken: take, onStanding: showStanding });
}

// What is sent and what comes back.

async function wishFor(wish, photo) {
  find("object").hidden = true;
  try {
    await ask(wish, photo);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { confirmations = [] } = error.details;
    const said = wish.confirmations ?? [];
    // Asked once about each: what was answered and is asked again would be asked for ever.
    if (error.code === "confirmation_required" && confirmations.some((name) => !said.includes(name))) {
      // The sentence itself says what it is about; a dialog of the browser's own is read out and answered by keyboard.
      if (window.confirm(`${policyText(error)}\n\n${say("ask.yes")}`)) {
        await wishFor({ ...wish, confirmations: [...new Set([...said, ...confirmations])] }, photo);
        return;
      }
    }
    showProblem(problemText(error));
    if (policyCodes.includes(error.code)) {
      keepRefused(wish.sentence, policyText(error));
      find("object").hidden = false;
    }
  }
}

const policyCodes = ["moderation_blocked", "content_policy_violation", "confirmation_required", "licensed_style_required"];

/** Why the policy says no, and what would be possible instead, in the page's language. */
function policyText(error) {
  const { reason, alternative, appeal } = error.details;
  const language = document.documentElement.lang === "ko" ? "ko" : "en";
  const texts = [reason, alternative, appeal].map((text) => text?.[language]).filter(Boolean);
  return texts.length > 0 ? texts.join(" ") : error.words;
}

function problemText(error) {
  const { reason } = error.details;
  if (reason === "pictureCount" || reason === "tooLarge") return say(`error.${reason}`);
  if (error.code === "photo_missing") return error.words;
  if (policyCodes.includes(error.code)) return say("error.policy", { message: policyText(error) });
  if (["style_unavailable", "style_not_found"].includes(error.code)) return policyText(error);
  if (error.code === "visitor_unknown") return say("error.cookies");
  if (error.status === 401) return say("error.keyNeeded");
  return say("error.other", { request: error.request });
}

function take(group, wish) {
  const created = Date.now();
  const isNew = !group.jobs.some(({ id }) => papers.has(id));
  const records = group.jobs.map((job) => ({
    job: job.id, group: group.id, index: job.index, state: job.status, created, wish,
    tier: job.tier, lowered: job.lowered,
  }));
  if (isNew) settle();
  pictures.add(...records);
  for (const record of [...records].reverse()) {
    if (!papers.has(record.job)) find("current").prepend(paper(record).element);
  }
  for (const job of group.jobs) hear(job.id, job);
  announce(sayCount("say.accepted", records.length));
  showEmpty();
  accompany(group.id);
  const current = find("current");
  const { top } = current.getBoundingClientRect();
  if (top < 0 || top > window.innerHeight / 3) current.scrollIntoView({ block: "start" });
}

/** What has ended moves from what is being drawn to the gallery, once there is something newer. */
function settle() {
  for (const element of [...find("current").children].reverse()) {
    if (hasEnded(element.dataset.state)) find("gallery").prepend(element);
  }
}

async function accompany(group) {
  if (followed.has(group)) return;
  followed.add(group);
  const own = () => pictures.all().filter((record) => record.group === group);
  const isKnown = await follow(group, {
    tell: (event) => hear(event.job, event),
    lost: (lost) => own().forEach(({ job, state }) => { if (!hasEnded(state)) papers.get(job)?.hear({ lost }); }),
  });
  followed.delete(group);
  for (const { job, state } of own()) {
    if (hasEnded(state)) continue;
    if (isKnown) await refresh(job);
    else change(job, { state: "gone" });
  }
}

/** Takes a job, or an event of one. */
function hear(job, told) {
  const record = pictures.get(job);
  if (!record || hasEnded(record.state)) return;
  const paper = papers.get(job);
  const state = told.status ?? told.type.replace("job.", "");
  if (state === "preview") return paper?.hear({ preview: told.preview.url });
  if (state !== record.state) change(job, { state });
  if (state === "queued" || state === "drawing") {
    const before = paper?.live ?? {};
    paper?.hear({
      place: told.place ?? null, timeLeft: told.time_left ?? null, step: told.progress?.step,
      steps: told.progress?.steps, ...(told.preview ? { preview: told.preview.url } : {}),
    });
    if (paper) sayProgress(record, state, before, paper);
  } else {
    end(job, state, told);
  }
  showTitle();
}

function sayProgress(record, state, before, { live, statusText, leftText }) {
  if (record.index > 0) return;
  if (state === "queued" && live.place && !before.place) {
    announce(say("say.waiting", { place: statusText, time: leftText }));
  }
  if (state === "drawing" && record.state === "queued") announce(say("state.drawing"));
  const half = (at) => at.steps && at.step * 2 >= at.steps;
  if (half(live) && !half(before)) announce(say("say.half"));
}

function end(job, state, told) {
  const { wish } = pictures.get(job);
  if (state === "completed") {
    const { url, seed, completed } = told.result;
    change(job, { state, link: url, seed, completed });
  } else {
    change(job, { state, error: null });
  }
  announce(say(`say.${state}`, { sentence: wish.sentence }));
  roomMade();
}

async function refresh(job) {
  const told = await look(job).catch(() => undefined);
  if (told === null) change(job, { state: "gone" });
  else if (told && hasEnded(told.status)) end(job, told.status, told);
}

function change(job, changes) {
  pictures.change(job, changes);
  const record = pictures.get(job);
  if (record) papers.get(job)?.change(record);
}

// What is shown.

function paper(record) {
  const made = new Paper(record, { open, cancel: stop, again, retry, remove });
  papers.set(record.job, made);
  return made;
}

function showKept() {
  for (const record of pictures.all().filter(({ state }) => !hasEnded(state))) {
    find("current").append(paper(record).element);
  }
  showOlder();
  showEmpty();
}

function showOlder() {
  const kept = pictures.all().filter(({ job, state }) => hasEnded(state) && !papers.has(job));
  for (const record of kept.slice(0, pageful)) {
    find("gallery").append(paper(record).element);
    freshener.observe(papers.get(record.job).element);
  }
  find("older").hidden = kept.length <= pageful;
}

// Links end after a while. One that has is asked for anew when its picture comes into sight.
const freshener = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    freshener.unobserve(target);
    freshen(target.dataset.job);
  }
}, { rootMargin: "200px" });

async function freshen(job) {
  const record = pictures.get(job);
  if (!record || record.state !== "completed") return record;
  if (record.link && linkEnd(record.link) > Date.now() + 60_000) return record;
  const told = await look(job).catch(() => undefined);
  if (told === null) change(job, { state: "gone", link: null });
  else if (told?.result) change(job, { link: told.result.url });
  return pictures.get(job);
}

function showEmpty() {
  find("empty").hidden = papers.size > 0;
}

function showStanding(headers) {
  const left = headers.get("x-ratelimit-remaining-images");
  const isNear = left !== null && Number(left) <= nearLimit;
  tell(find("standing"), isNear ? sayCount("standing.pictures", Number(left)) : "");
}

function showTitle() {
  const open = [...papers.values()].filter(({ record }) => !hasEnded(record.state));
  const drawing = open.filter(({ record, live }) => record.state === "drawing" && live.steps);
  const share = drawing.reduce((most, { live }) => Math.max(most, live.step / live.steps), 0);
  if (drawing.length > 0) {
    document.title = `${say("tab.drawing", { percent: Math.round(share * 100) })} · ${usualTitle}`;
  } else if (open.length > 0) {
    document.title = `${say("tab.waiting")} · ${usualTitle}`;
  } else {
    document.title = document.hidden ? `${say("tab.done")} · ${usualTitle}` : usualTitle;
  }
}

// What the buttons do.

async function open({ job }) {
  const record = await freshen(job);
  if (record?.link) view(record);
}

async function stop({ job }) {
  const isCancelled = await cancel(job).catch(() => null);
  if (isCancelled === false) await refresh(job);
}

function again({ wish, seed }) { fillForm(wish, seed); }

async function retry(record) {
  if (record.wish.hasPhoto) return fillForm(record.wish, record.wish.seed);
  remove(record);
  await wishFor({ ...record.wish, count: 1 }, null);
}

function remove({ job }) {
  pictures.remove(job);
  papers.get(job)?.element.remove();
  papers.delete(job);
  find("pictures").focus({ preventScroll: true });
  announce(say("say.removed"));
  showEmpty();
}

// At the end, when all that it uses is there.
start().catch((error) => {
  showProblem(say(error instanceof Refused && error.status === 401 ? "error.keyNeeded" : "error.setup"));
  throw error;
});
