// The artist's page: the door, and what is the artist's behind it while the key is good.

import { Refused, callWithKey } from "./api.js";
import { find, make, tell } from "./dom.js";
import { date, number, say, sayCount } from "./text.js";

const keyName = "ondol.artist";
const language = document.documentElement.lang;
let key = "";

const words = (texts) => texts[language] ?? texts.en;
const span = (from, until) => (until ? say("days.closed", { from, until }) : say("days.open", { from }));

find("door").addEventListener("submit", (event) => {
  event.preventDefault();
  enter(find("key").value.trim());
});
find("leave").addEventListener("click", () => leave(""));
const remembered = sessionStorage.getItem(keyName);
if (remembered) enter(remembered);
else find("key").focus();

async function enter(given) {
  try {
    if (!given) throw new Refused({ status: 401, code: "missing" });
    key = given;
    show(await (await callWithKey("v1/artist", key)).json());
    sessionStorage.setItem(keyName, key);
    find("key").value = "";
    find("door").hidden = true;
    find("room").hidden = false;
    find("leave").hidden = false;
    if (find("month").value) await choose();
  } catch (error) {
    leave(problem(error));
  }
}

function problem(error) {
  if (!(error instanceof Refused) || error.isOffline) return say("door.offline");
  if (["no_holder", "holder_not_found"].includes(error.code)) return say("artist.door.nobody");
  if (error.status === 403) return say("artist.door.scope");
  return say(error.status === 404 ? "artist.door.absent" : "door.wrong");
}

function leave(text) {
  key = "";
  sessionStorage.removeItem(keyName);
  find("room").hidden = true;
  find("leave").hidden = true;
  find("door").hidden = false;
  find("door-problem").textContent = text;
  find("key").focus();
}

/** An amount of exact decimals as people write it; its digits are never rounded. */
function amount(text, currency) {
  const [whole, decimals] = text.split(".");
  const rest = (decimals ?? "").replace(/0+$/, "");
  const sign = whole.startsWith("-") && !/[1-9]/.test(whole) ? "-" : "";
  return `${sign}${number(Number(whole))}${rest ? `.${rest}` : ""} ${currency}`.trim();
}

function facts(rows) {
  const shown = rows.filter(([, value]) => value !== null && value !== "");
  return make("dl", { class: "facts" }, ...shown.flatMap(([name, value]) => [make("dt", {}, say(name)), make("dd", {}, value)]));
}

function show(artist) {
  find("who").textContent = say("artist.hello", { name: artist.name });
  find("owed").textContent = artist.owed.length === 0
    ? say("artist.earnings.none")
    : say("artist.earnings.owed", { amount: artist.owed.map((each) => amount(each.amount, each.currency)).join(" · ") });
  find("months-box").hidden = artist.months.length === 0;
  find("month").replaceChildren(...artist.months.map((month) => make("option", { value: month }, month)));
  list("styles", artist.styles.map(style), "artist.styles.none");
  list("agreements", artist.agreements.map(agreement), "artist.agreements.none");
  list("works", artist.works.map(work), "artist.works.none");
}

function list(id, items, empty) {
  find(id).replaceChildren(...(items.length > 0 ? items : [make("li", { class: "hint" }, say(empty))]));
}

function style(each) {
  const isShown = ["published", "suspended", "ended"].includes(each.stage);
  const title = isShown ? make("a", { href: `styles/${each.id}` }, words(each.title)) : words(each.title);
  const last = each.trainings.at(-1);
  return make("li", {},
    make("h3", {}, title),
    facts([
      ["artist.styles.stage", say(`artist.stage.${each.stage}`)],
      ["artist.styles.works", sayCount("artist.count", each.works.length)],
      ["artist.styles.trainings", last ? say("artist.styles.trained", { count: number(each.trainings.length), model: last.base_model }) : say("artist.styles.untrained")],
      ["artist.styles.adapter", last ? `sha256:${last.adapter_sha256}` : null],
      ["artist.styles.agreement", each.agreement],
    ]),
    each.obstacle ? make("p", { class: "warning" }, words(each.obstacle)) : null,
    each.missing.length > 0
      ? make("div", { class: "warning" }, make("p", {}, say("artist.styles.missing")), make("ul", {}, ...each.missing.map((text) => make("li", {}, words(text)))))
      : null,
    ...each.claims.map((claim) =>
      make("p", { class: "warning" }, say("artist.styles.claim", { date: date(claim.created * 1000), status: say(`claims.status.${claim.status}`) }))));
}

function agreement(each) {
  const ends = [each.until, each.ends_on].filter(Boolean).sort()[0] ?? null;
  const state = each.terminated ? "artist.agreements.terminated" : each.in_force ? "artist.agreements.holds" : "artist.agreements.rests";
  return make("li", {},
    make("h3", {}, each.id),
    facts([
      ["artist.agreements.state", say(state)], ["artist.agreements.days", span(each.from, ends)],
      ["artist.agreements.notice", sayCount("artist.days", each.notice_days)],
      ["card.terms.share", `${number(each.share_basis_points / 100, 2)}%`],
      ["card.terms.fee", amount(each.fee, each.currency)],
      ["artist.agreements.grants", [sayCount("artist.trainings", each.trainings), say(`artist.drawing.${each.drawing}`)].join(" · ")],
      ["artist.agreements.document", `sha256:${each.document_sha256}`],
    ]));
}

function work(each) {
  return make("li", {},
    make("h3", {}, each.title || each.id),
    each.withdrawn ? make("p", { class: "warning" }, say("artist.works.withdrawn")) : null,
    each.evidence.length === 0 ? make("p", { class: "warning" }, say("artist.works.bare")) : null,
    ...each.signals.map((signal) => make("p", { class: "warning" }, say(`artist.signal.${signal}`))),
    make("details", {}, make("summary", {}, sayCount("artist.works.documents", each.evidence.length)),
      facts([["artist.works.id", each.id], ["artist.works.file", `sha256:${each.file_sha256}`]]),
      ...each.evidence.map((paper) => facts([
        ["artist.works.paper", paper.title],
        ["artist.works.uses", paper.uses.map((use) => say(`artist.use.${use}`)).join(", ")],
        ["artist.works.pay", say(paper.commercial ? "card.works.commercial" : "card.works.private")],
        ["card.works.where", paper.territories.join(", ") || say("card.works.world")],
        ["artist.agreements.days", span(paper.from, paper.until)],
      ]))));
}

find("month").addEventListener("change", choose);

async function choose() {
  const month = find("month").value;
  try {
    const { data } = await (await callWithKey(`v1/artist/statements/${month}`, key)).json();
    tell(find("month-problem"), "");
    find("statements").replaceChildren(...data.map((statement, index) => table(statement, index)));
  } catch (error) {
    tell(find("month-problem"), problem(error));
  }
}

function table(statement, index) {
  const cell = (text) => make("td", { class: "number" }, text);
  const value = (text) => amount(text, "");
  const head = ["artist.line.what", "artist.line.pictures", "artist.line.earned", "artist.line.corrected"];
  const whole = (name, text) => make("tr", {}, make("th", { scope: "row" }, say(name)), cell(""), cell(value(text)), cell(""));
  return make("div", { class: "scroller", tabindex: "0", role: "region", "aria-labelledby": `statement-${index}` },
    make("h3", { id: `statement-${index}` }, say("artist.statement", { month: statement.month, currency: statement.currency })),
    make("table", {},
      make("thead", {}, make("tr", {}, ...head.map((name, place) => make("th", { scope: "col", class: place > 0 ? "number" : null }, say(name))))),
      make("tbody", {},
        whole("artist.line.opening", statement.opening),
        ...statement.lines.map((line) => make("tr", {},
          make("th", { scope: "row" }, `${line.style} · ${line.work}`), cell(number(line.pictures)), cell(value(line.earned)), cell(value(line.corrected)))),
        whole("artist.line.paid", statement.paid), whole("artist.line.closing", statement.closing))));
}

find("table").addEventListener("click", async () => {
  const month = find("month").value;
  try {
    const file = await (await callWithKey(`v1/artist/statements/${month}/csv`, key)).blob();
    const address = URL.createObjectURL(file);
    make("a", { href: address, download: `statement-${month}.csv` }).click();
    URL.revokeObjectURL(address);
  } catch (error) {
    tell(find("month-problem"), problem(error));
  }
});
