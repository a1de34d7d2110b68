// Follows what becomes of requests that were taken: over events while something happens, and by asking again where the
// connection breaks.

import { backOff, call, events } from "./api.js";

// A browser opens few connections to one host, and a stream holds one for as long as the picture takes.
const atOnce = 3;
let open = 0;
const waiting = [];

async function seat() {
  if (open >= atOnce) await new Promise((resolve) => waiting.push(resolve));
  open += 1;
}

function leaveSeat() {
  open -= 1;
  waiting.shift()?.();
}

/**
 * Follows a group of jobs to its end.
 *
 * `tell` is called with each event's data; `lost` with whether the connection is broken. Answers false where the server
 * does not know the jobs any more.
 */
export async function follow(group, { tell, lost, signal }) {
  await seat();
  let seen = "0";
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await call(`v1/jobs/${group}/events`, { headers: { "Last-Event-ID": seen }, signal });
        lost(false);
        if (answer.status === 204) return true;
        for await (const event of events(answer)) {
          if (event.name === "error") break;
          seen = event.id;
          attempt = 0;
          tell(event.data);
        }
      } catch (error) {
        if (error.name === "AbortError") return true;
        if (error.status === 404) return false;
        lost(true);
      }
      await backOff(attempt, signal);
    }
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    return true;
  } finally {
    leaveSeat();
  }
}

/** Cancels a job; answers whether it was still there to be cancelled. */
export async function cancel(job) {
  try {
    await call(`v1/jobs/${job}`, { method: "DELETE" });
    return true;
  } catch (error) {
    if ([404, 409].includes(error.status)) return false;
    throw error;
  }
}

/** Where a job stands; nothing where it is not kept any more. */
export async function look(job) {
  try {
    return await (await call(`v1/jobs/${job}`)).json();
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}
