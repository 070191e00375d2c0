// Copies of what is not the release's: from the network as long as there is one, else the last good copy.

import { networkFirst } from "./network.js";
import { BASE, SCOPE } from "./release.js";

const COPIES = `tkt:copies:${SCOPE}`;

/** The webmaster's own files beside the release's: how its pages are set up. */
const SETTINGS = ["page.json", "embed.json"];

/** They seldom change and the form waits for them, so their copies are given this soon, in milliseconds. */
const PATIENCE_FOR_SETTINGS = 1_000;

/** @typedef {{ untilGone?: boolean, patience?: number, answered?: Promise<Response> }} Options */

/** More are not kept: files that a page does not load any more go first. */
const MOST = 200;

/**
 * What comes from the network, kept for later; a copy where nobody answers or the server is in trouble.
 * An answer to another address than that of the copy, such as one with more behind a `?`, is not kept.
 * `untilGone`: what the server has not any more is forgotten.
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
 * What the webmaster says now, or said last; what is taken away does not come back. What is no settings, such as
 * a page to sign in, counts as no answer where there is a copy.
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

/** Of this site: what a redirect to another one leads to says nothing here. */
async function areSettings(answer) {
  const said = answer.ok && answer.type === "basic" && (await answer.clone().json().catch(() => undefined));
  return Object.prototype.toString.call(said) === "[object Object]";
}

/** Keeps them before a page that comes from the worker asks for them. */
export async function keepSettings() {
  for (const name of SETTINGS) {
    const { href } = new URL(name, BASE);
    const signal = AbortSignal.timeout(PATIENCE_FOR_SETTINGS);
    const answer = await fetch(href, { cache: "no-cache", credentials: "same-origin", signal });
    if (mayBeKept(answer) && (await areSettings(answer))) await keep(href, answer);
  }
}

/** Not a redirect to a login, nor an error, a part or what the server does not want kept. */
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
  // Nothing is replaced by an answer that breaks off.
  await cache.put(address, answer);
  const kept = await cache.keys();
  for (const old of kept.slice(0, -MOST)) await cache.delete(old);
}
