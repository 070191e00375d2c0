// Copies of what is not the release's: from the network as long as there is one, else the last good copy.

import { SCOPE } from "./release.js";

const COPIES = `tkt:copies:${SCOPE}`;

/** More are not kept: files that a page does not load any more go first. */
const MOST = 200;

/**
 * What comes from the network, kept for later; a copy where nobody answers or the server is in trouble.
 * An answer to another address than that of the copy, such as one with more behind a `?`, is not kept.
 * `untilGone`: what the server has not any more is forgotten.
 */
export async function copied(event, address, { untilGone = false } = {}) {
  const { request } = event;
  let failure;
  const answer = await fetch(request).catch((error) => void (failure = error));
  if (answer && answer.status < 500) {
    if (untilGone && answer.status === 404) event.waitUntil(forget(address));
    const isIt = request.url.replace(/#.*/, "") === address;
    if (isIt && mayBeKept(answer)) event.waitUntil(keep(address, answer.clone()).catch(() => {}));
    return answer;
  }
  const copy = await caches.match(address, { cacheName: COPIES, ignoreVary: true });
  if (copy ?? answer) return copy ?? answer;
  throw failure;
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
