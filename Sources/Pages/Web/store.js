// What this browser keeps: one's pictures by their jobs, requests that are not taken yet, and the form as it was left.

const limits = { pictures: 300, asks: 20 };
const memory = new Map();
let isKept = true;

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(`ondol.${name}`) ?? "null") ?? memory.get(name) ?? null;
  } catch {
    isKept = false;
    return memory.get(name) ?? null;
  }
}

function write(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(`ondol.${name}`, JSON.stringify(value));
  } catch {
    // Forbidden, or full: it is kept for as long as the page is open.
    isKept = false;
  }
}

/** Whether records outlive the page. */
export function outlives() {
  write("trial", 1);
  return isKept;
}

/** A list of records that have a name each, newest first. Every change reads it anew: other tabs write it too. */
function list(name, key) {
  const all = () => read(name) ?? [];
  return {
    all,
    get: (id) => all().find((record) => record[key] === id),
    add(...records) {
      const ids = new Set(records.map((record) => record[key]));
      write(name, [...records, ...all().filter((record) => !ids.has(record[key]))].slice(0, limits[name]));
    },
    change(id, changes) {
      write(name, all().map((record) => (record[key] === id ? { ...record, ...changes } : record)));
    },
    remove(id) { write(name, all().filter((record) => record[key] !== id)); },
  };
}

/**
 * Pictures: `job`, `group`, `index`, `state`, `created`, what was wished (`wish`), and once there is one, `link`, `seed`,
 * `tier`, `lowered` and `completed`.
 */
export const pictures = list("pictures", "job");

/** Requests on their way or turned away: `key`, `wish`, and once turned away, `refusal` and how it waits (`hold`). */
export const asks = list("asks", "key");

/** The form as it was left. */
export const draft = { get: () => read("draft") ?? {}, set: (value) => write("draft", value) };
