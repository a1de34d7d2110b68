// What was refused last on the draw page, and which objections this browser has sent: of these the numbers alone.

const refusedName = "ondol.refused";
const sentName = "ondol.objections";
// As many as may wait at a time, and as many again that were answered.
const most = 20;

/** Keeps what was refused, and why, for the page that objects: until the tab is closed. */
export function keepRefused(sentence, why) {
  write("sessionStorage", refusedName, { sentence, why });
}

/** What was refused last in this tab; null where nothing was. */
export const keptRefused = () => read("sessionStorage", refusedName, null);

/** The numbers of the objections sent, the newest first. */
export const sent = () => read("localStorage", sentName, { ids: [] }).ids.slice(0, most);

/** Keeps the number of an objection. */
export const keepSent = (id) => write("localStorage", sentName, { ids: [id, ...sent()].slice(0, most) });

/** Forgets a number. */
export const forget = (id) => write("localStorage", sentName, { ids: sent().filter((each) => each !== id) });

// A browser may forbid both; the page then begins empty.
function write(storage, name, value) {
  try {
    window[storage].setItem(name, JSON.stringify(value));
  } catch {
    // Nothing is lost but convenience.
  }
}

function read(storage, name, otherwise) {
  try {
    return JSON.parse(window[storage].getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}
