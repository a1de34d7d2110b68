// Drawings of the operator's page: the stones of the floor, and the demand of the last hour.

import { make } from "./dom.js";
import { number, say } from "./text.js";

const namespace = "http://www.w3.org/2000/svg";
// Below this a chip is as cold as its room.
const coldCelsius = 30;

/** One device as a stone of the floor, as warm in colour as it is. */
export function deviceStone(device) {
  const { celsius, hot_celsius: hot, busy_rows: busy, allowed_rows: allowed, rows } = device;
  const stone = make(
    "li", { class: "stone", "data-state": device.state, "data-heat": device.heat },
    make("h3", {}, device.name), make("p", { class: "kind" }, device.kind),
    make("p", { class: celsius === null ? "degrees none" : "degrees" }, celsius === null ? say("heat.none") : say("heat.celsius", { degrees: number(celsius) })),
    make("p", { class: "mood" }, say(`device.${device.state}`),
      celsius !== null && make("span", {}, ` · ${say(`heat.${device.heat}`)}`)),
    rowCells(busy, allowed, rows),
    make("p", { class: "step" }, device.step_seconds === null
      ? say("device.noStep") : say("device.step", { seconds: number(device.step_seconds, device.step_seconds < 1 ? 3 : 1) })));
  const warmth = celsius === null ? 0.15 : Math.min(1, Math.max(0, (celsius - coldCelsius) / (hot - coldCelsius)));
  stone.style.setProperty("--warmth", `${Math.round(warmth * 100)}%`);
  return stone;
}

function rowCells(busy, allowed, rows) {
  const words = say(allowed < rows ? "device.rowsLess" : "device.rows", {
    rows: number(rows), busy: number(busy), allowed: number(allowed),
  });
  const cells = make("span", { class: "cells", "aria-hidden": "true" });
  for (let row = 0; row < Math.min(rows, 32); row += 1) {
    cells.append(make("i", { class: row < busy ? "busy" : row < allowed ? "free" : "shut" }));
  }
  return make("p", { class: "rows" }, cells, make("span", {}, words));
}

function draw(tag, attributes, ...children) {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The work asked for a minute, the part of it that was refused, and what can be done. */
export function demandPlot(minutes, capacity) {
  const [width, height, left, bottom, top] = [720, 200, 44, 24, 10];
  const perSecond = minutes.map(({ asked_seconds: asked, refused_seconds: refused }) => ({
    asked: asked / 60, refused: Math.min(refused, asked) / 60,
  }));
  const most = Math.max(capacity * 1.25, ...perSecond.map(({ asked }) => asked), 1e-6);
  const y = (value) => top + (height - top - bottom) * (1 - value / most);
  const step = (width - left) / 60;
  const x = (index) => left + (60 - minutes.length + index) * step;
  const plot = draw("svg", { viewBox: `0 0 ${width} ${height}`, class: "plot", role: "img", "aria-labelledby": "demand-title demand-words" });
  for (const value of [0, most / 2, most]) {
    plot.append(
      draw("line", { class: "rule", x1: left, x2: width, y1: y(value), y2: y(value) }),
      draw("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, number(value, most < 10 ? 1 : 0)));
  }
  perSecond.forEach(({ asked, refused }, index) => {
    const bar = (kind, from, to) => draw("rect", {
      class: kind, x: x(index) + 1, width: Math.max(1, step - 2), y: y(to), height: Math.max(0, y(from) - y(to)),
    });
    plot.append(bar("taken", 0, asked - refused));
    if (refused > 0) plot.append(bar("refused", asked - refused, asked));
  });
  plot.append(draw("line", { class: "capacity", x1: left, x2: width, y1: y(capacity), y2: y(capacity) }));
  for (const ago of [60, 45, 30, 15]) {
    plot.append(draw("text", { x: left + (60 - ago) * step, y: height - 6 }, say("demand.ago", { minutes: number(ago) })));
  }
  plot.append(draw("text", { x: width, y: height - 6, "text-anchor": "end" }, say("demand.now")));
  return plot;
}
