// The release's files on this device: all or none, each with the right digest, kept as long as a page is open that
// may need them.

/** A digest of all files. */
export const VERSION = "__VERSION__";

/** The integrity of each file, by its address in the release's own pages. */
const FILES = JSON.parse('__FILES__');

export const ADDRESSES = Object.keys(FILES);

const NAMES = new Set(ADDRESSES.map((address) => address.replace(/\?.*/, "")));

/** The release's folder: that of this script, or the one that a portal's own worker gives. */
export const BASE = new URL((self.tuKiemTra ?? ".").replace(/\/*$/, "/"), location.href);

/** The scope of this worker. Caches belong to the whole origin, so their names contain it. */
export const SCOPE = registration.scope.slice(location.origin.length);
const PREFIX = `tkt:release:${SCOPE}:`;
const CURRENT = PREFIX + VERSION;

/** The marks in a release's cache: that it was replaced, and the ids of the pages that still need it. */
const REPLACED = new URL("replaced", BASE).href;
const HELD_BY = new URL("held-by/", BASE).href;

/** The number of remembered visits. A page that is still loading is among the last ones. */
const MOST_VISITS = 30;

/** A name or an address with a hash of the file's content, which never changes. */
const BY_CONTENT = /^[\w.-]+(-[0-9a-f]{16}(_bg)?\.\w+|\?[0-9a-f]{16})$/;

/** Returns the address within the release, or `undefined` outside of it. */
export function addressOf({ href }) {
  return href.startsWith(BASE.href) ? href.slice(BASE.href.length).replace(/#.*/, "") : undefined;
}

export const isByContent = (address) => BY_CONTENT.test(address);

export const isFile = (address) => NAMES.has(address);

/** Fetches and keeps all files, or none if one is missing or different. */
export async function keepRelease() {
  const kept = await Promise.all(Object.entries(FILES).map(fetchFile));
  const isNew = !(await caches.has(CURRENT));
  try {
    const cache = await caches.open(CURRENT);
    await Promise.all(kept.map(([address, response]) => cache.put(new URL(address, BASE), response)));
    // A withdrawn release may come back.
    await cache.delete(REPLACED);
  } catch (error) {
    if (isNew) await caches.delete(CURRENT);
    throw error;
  }
}

async function fetchFile([address, integrity]) {
  const response = await fetch(new URL(address, BASE), { cache: "reload", credentials: "same-origin" });
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (`sha384-${btoa(await digest("SHA-384", bytes))}` !== integrity) {
    throw new Error(`${address} is not as it was released`);
  }
  // A new response, as a redirected one is refused for a page. It fits every request, so `Vary` goes.
  const headers = new Headers(response.headers);
  headers.delete("vary");
  return [address, new Response(bytes, { headers })];
}

/** Returns whether an answer has the hash at the end of its address. */
export async function isAsAsked(address, answer) {
  const hash = await digest("SHA-256", await answer.arrayBuffer());
  const hex = [...hash].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return address.endsWith(`?${hex.slice(0, 16)}`);
}

/** Returns a digest as a text with one character for each byte. */
async function digest(kind, bytes) {
  return String.fromCharCode(...new Uint8Array(await crypto.subtle.digest(kind, bytes)));
}

/** Keeps a page again with the server's present headers, such as its policy, for the next visit. */
export async function renewHeaders(name) {
  const [address, response] = await fetchFile([name, FILES[name]]);
  // The release may have been replaced and deleted meanwhile.
  if (!(await caches.has(CURRENT))) return;
  const cache = await caches.open(CURRENT);
  await cache.put(new URL(address, BASE), response);
}

/** Returns a file of the current release by its name. */
export function currentFile(name) {
  return caches.match(new URL(name, BASE), { cacheName: CURRENT, ignoreSearch: true });
}

/** Returns a file of any kept release by an address with its hash. */
export async function fileByContent(address) {
  for (const cacheName of [CURRENT, ...(await olderCaches())]) {
    const file = await caches.match(new URL(address, BASE), { cacheName });
    if (file) return file;
  }
  return undefined;
}

async function olderCaches() {
  const isOlder = (name) => name.startsWith(PREFIX) && !name.slice(PREFIX.length).includes(":");
  return (await caches.keys()).filter((name) => isOlder(name) && name !== CURRENT);
}

/** Notes that a page gets this release. The browser does not list it among the open ones until it is loaded. */
export async function hold(page) {
  if (!page) return;
  const cache = await caches.open(CURRENT);
  await putHolder(cache, page);
  const holders = await holdersOf(cache);
  for (const { url } of holders.slice(0, -MOST_VISITS)) await cache.delete(url);
}

function putHolder(cache, page) {
  return cache.put(HELD_BY + page, new Response());
}

async function holdersOf(cache) {
  return (await cache.keys()).filter(({ url }) => url.startsWith(HELD_BY));
}

/** Marks older releases as replaced. They stay for the pages that are open or being loaded now. */
export async function replaceOlder() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const name of await olderCaches()) {
    const cache = await caches.open(name);
    if (await cache.match(REPLACED)) continue;
    for (const { id } of pages) await putHolder(cache, id);
    await cache.put(REPLACED, new Response());
  }
}

/** Deletes replaced releases of which no page is open any more. A waiting release was not replaced. */
export async function forgetOlder() {
  for (const name of await olderCaches()) {
    const cache = await caches.open(name);
    if ((await cache.match(REPLACED)) && !(await isHeld(cache))) await caches.delete(name);
  }
}

/** Returns whether a page needs a release. `clients.get` waits for pages that are being loaded. */
async function isHeld(cache) {
  for (const { url } of await holdersOf(cache)) {
    if (await clients.get(url.slice(HELD_BY.length))) return true;
  }
  return false;
}
