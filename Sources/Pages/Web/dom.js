// Small things about elements. Texts are set as texts, never as markup.

export const find = (id) => document.getElementById(id);

/** An element with attributes, listeners (`onclick`) and children; what is null or false is left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Shows an element with a text, or hides it without one. */
export function tell(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = text === "";
}

/** Says at a field what is wrong with it, beside it and to those who listen; whether nothing is. */
export function isFine(id, fault) {
  tell(find(`${id}-problem`), fault);
  if (fault === "") find(id).removeAttribute("aria-invalid");
  else find(id).setAttribute("aria-invalid", "true");
  return fault === "";
}

/** Says something to those who listen to the page; not faster than it can be heard. */
export function announce(text) {
  spoken.push(text);
  if (spoken.length === 1) speak();
}

const spoken = [];
function speak() {
  find("announcer").textContent = spoken[0];
  setTimeout(() => {
    spoken.shift();
    // What piled up meanwhile is old; the last says how things stand.
    spoken.splice(0, spoken.length - 1);
    if (spoken.length > 0) speak();
  }, 1500);
}
