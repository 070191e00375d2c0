// Copies of files that are not part of the release: from the network, else the last good copy.

import { networkFirst } from "./network.js";
import { BASE, SCOPE } from "./release.js";

const COPIES = `tkt:copies:${SCOPE}`;

/** The webmaster's settings of the release's pages, beside its files. */
const SETTINGS = ["page.json", "embed.json"];

/** The timeout of settings, in milliseconds. It is short, as they seldom change and the form waits for them. */
const PATIENCE_FOR_SETTINGS = 1_000;

/** @typedef {{ untilGone?: boolean, patience?: number, answered?: Promise<Response> }} Options */

/** The largest number of copies. The oldest are deleted first. */
const MOST = 200;

/**
 * Returns the network's answer and keeps it, or the copy if there is no answer or a server error. An answer to
 * another address than the copy's, such as one with another query, is not kept.
 * `untilGone`: a copy is deleted when the server says that the file is gone.
 */
export function copied(event, address, /** @type {Options} */ { untilGone = false, patience, answered = fetch(event.request) } = {}) {
  event.waitUntil(
    answered.then(async (answer) => {
      if (untilGone && answer.status === 404) await forget(address);
      const isIt = event.request.url.replace(/#.*/, "") === address;
      if (isIt && mayBeKept(answer)) await keep(address, answer.clone());
    }).catch(() => {}),
  );
  const copy = () => caches.match(address, { cacheName: COPIES, ignoreVary: true });
  return networkFirst(event, copy, { answered, patience });
}

export const isSettings = (address) => SETTINGS.includes(address);

/**
 * Returns the webmaster's settings, or the last copy. Deleted settings don't come back. Anything else, such as a
 * page to sign in, counts as no answer if there is a copy.
 */
export function settings(event) {
  const asked = fetch(event.request);
  const answered = asked.then(async (answer) => {
    if (answer.status !== 404 && !(await areSettings(answer))) throw new Error("no settings");
    return answer;
  });
  const patience = PATIENCE_FOR_SETTINGS;
  return copied(event, event.request.url, { untilGone: true, patience, answered }).catch(() => asked);
}

/** Returns whether an answer is from this site and has settings. A redirect to another site has none. */
async function areSettings(answer) {
  const said = answer.ok && answer.type === "basic" && (await answer.clone().json().catch(() => undefined));
  return Object.prototype.toString.call(said) === "[object Object]";
}

/** Keeps the settings before a page that the worker answers asks for them. */
export async function keepSettings() {
  for (const name of SETTINGS) {
    const { href } = new URL(name, BASE);
    const signal = AbortSignal.timeout(PATIENCE_FOR_SETTINGS);
    const answer = await fetch(href, { cache: "no-cache", credentials: "same-origin", signal });
    if (mayBeKept(answer) && (await areSettings(answer))) await keep(href, answer);
  }
}

/** Returns whether an answer may be kept: no redirect to a login, error or part, and nothing with `no-store`. */
function mayBeKept({ status, type, redirected, headers }) {
  const isPlain = status === 200 && type === "basic" && !redirected;
  return isPlain && !/no-store/i.test(headers.get("cache-control") ?? "");
}

async function forget(address) {
  const cache = await caches.open(COPIES);
  await cache.delete(address);
}

async function keep(address, answer) {
  const cache = await caches.open(COPIES);
  // A broken answer replaces nothing.
  await cache.put(address, answer);
  const kept = await cache.keys();
  for (const old of kept.slice(0, -MOST)) await cache.delete(old);
}
