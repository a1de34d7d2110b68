"""Looks at a page as those do who cannot see it, or not well: names, order, contrast, sizes, width.

Source: WCAG 2.2, success criteria 1.1.1, 1.3.1, 1.4.3, 1.4.10, 2.5.8, 3.1.1 and 4.1.2.
"""

from __future__ import annotations

from browser import Browser

CONTROLS = {
    "button", "link", "textbox", "searchbox", "checkbox", "radio", "slider", "combobox", "spinbutton", "dialog",
    "progressbar", "image", "img", "list", "region", "form", "table", "group", "DisclosureTriangle"}
# What may be without a name: lists and groups that only order what is in them.
NAMELESS = {"list", "group", "table", "form"}

PAGE = r"""
const problems = [];
const visible = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
const shown = (e) => `${e.tagName.toLowerCase()}${e.id ? "#" + e.id : ""} "${(e.textContent ?? "").trim().slice(0, 30)}"`;
if (!document.documentElement.lang) problems.push("the page has no language");
if (document.querySelectorAll("h1").length < 1) problems.push("there is no h1");
if (document.documentElement.scrollWidth > innerWidth) {
  problems.push(`wider than the window: ${document.documentElement.scrollWidth} > ${innerWidth}`);
}
const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push(`the id ${id} is there twice`);
for (const e of document.querySelectorAll("[aria-labelledby], [aria-describedby], label[for]")) {
  const names = [e.getAttribute("aria-labelledby"), e.getAttribute("aria-describedby"), e.getAttribute("for")];
  for (const id of names.filter(Boolean).join(" ").split(" ")) {
    if (!document.getElementById(id)) problems.push(`${shown(e)} names ${id}, which is not there`);
  }
}
for (const e of document.querySelectorAll("img")) if (!e.hasAttribute("alt")) problems.push(`${shown(e)} has no alt`);
if (document.querySelector("[style]:not([style*=':'])")) problems.push("an empty style");
let level = 0;
for (const e of document.querySelectorAll("h1, h2, h3, h4")) {
  if (!visible(e)) continue;
  const next = Number(e.tagName[1]);
  if (next > level + 1) problems.push(`${shown(e)} skips a level of headings`);
  level = next;
}

// Texts are never one of these: then a key was shown instead, or a place was not filled in.
const words = document.body.innerText;
for (const wrong of words.match(/\{\w+\}|\b[a-z]+\.[a-z]+\.[a-z.]+\b|\bundefined\b|\bNaN\b|\bnull\b/g) ?? []) {
  problems.push(`the text "${wrong}"`);
}

const context = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
function rgba(color) {
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
function over(top, below) { return top.slice(0, 3).map((v, i) => v * top[3] + below[i] * (1 - top[3])); }
function background(e) {
  const layers = [];
  for (let each = e; each; each = each.parentElement) layers.push(rgba(getComputedStyle(each).backgroundColor));
  return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
}
function luminance(color) {
  const [r, g, b] = color.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const front = document.querySelector("dialog[open]");
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const e = node.parentElement;
  if (!node.data.trim() || !visible(e) || e.closest(".away, .skip, noscript, svg, option")) continue;
  if (front && !front.contains(e)) continue;
  const style = getComputedStyle(e);
  const ground = background(e);
  const [light, dark] = [luminance(over(rgba(style.color), ground)), luminance(ground)].sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  const size = parseFloat(style.fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  if (ratio < (isLarge ? 3 : 4.5)) problems.push(`${shown(e)} has a contrast of ${ratio.toFixed(2)}`);
}
for (const e of document.querySelectorAll("button, a, input, select, summary, textarea")) {
  if (!visible(e) || e.matches(".skip")) continue;
  const { width, height } = (e.matches(".choice > input") ? e.parentElement : e).getBoundingClientRect();
  const isInText = e.tagName === "A" && getComputedStyle(e).display === "inline";
  if (!isInText && !e.matches("[type=radio]") && (width < 24 || height < 24)) problems.push(`${shown(e)} is ${width}×${height}`);
}
return problems;
"""


def audit(browser: Browser) -> list[str]:
    """What is wrong with the page as it is now."""
    problems = list(browser.run(PAGE))
    browser.protocol("Accessibility.enable", {})
    for node in browser.protocol("Accessibility.getFullAXTree", {})["nodes"]:
        role = node.get("role", {}).get("value", "")
        if node.get("ignored") or role not in CONTROLS or role in NAMELESS:
            continue
        if not node.get("name", {}).get("value", "").strip():
            problems.append(f"a {role} without a name: {node.get('properties', [])[:2]}")
    browser.protocol("Accessibility.disable", {})
    return problems
