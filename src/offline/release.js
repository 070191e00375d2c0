// The release's files on this device: all of them or none, each as it has to be, and kept for as long as
// a page is open that may need them.

/** Follows from what the files are. */
export const VERSION = "__VERSION__";

/** What each file has to be, by the address at which the release's own pages ask for it. */
const FILES = JSON.parse('__FILES__');

export const ADDRESSES = Object.keys(FILES);

const NAMES = new Set(ADDRESSES.map((address) => address.replace(/\?.*/, "")));

/** Where the release lies: beside this script, or where a portal's own worker says. */
export const BASE = new URL((self.tuKiemTra ?? ".").replace(/\/*$/, "/"), location.href);

/** Caches belong to the whole origin, so their names say whose they are. */
export const SCOPE = registration.scope.slice(location.origin.length);
const PREFIX = `tkt:release:${SCOPE}:`;
const CURRENT = PREFIX + VERSION;

/** Beside the files of a release: that it was replaced, and by their ids the pages that need it then. */
const REPLACED = new URL("replaced", BASE).href;
const HELD_BY = new URL("held-by/", BASE).href;

/** So many visits are remembered: a page that is still being loaded is among the last ones. */
const MOST_VISITS = 30;

/** A name or an address that says what the file is: that never changes. */
const BY_CONTENT = /^[\w.-]+(-[0-9a-f]{16}(_bg)?\.\w+|\?[0-9a-f]{16})$/;

/** The address within the release, or nothing for what lies elsewhere. */
export function addressOf({ href }) {
  return href.startsWith(BASE.href) ? href.slice(BASE.href.length).replace(/#.*/, "") : undefined;
}

export const isByContent = (address) => BY_CONTENT.test(address);

export const isFile = (address) => NAMES.has(address);

/** Fetches every file and keeps them; one that is missing or different keeps none. */
export async function keepRelease() {
  const kept = await Promise.all(Object.entries(FILES).map(fetchFile));
  const isNew = !(await caches.has(CURRENT));
  try {
    const cache = await caches.open(CURRENT);
    await Promise.all(kept.map(([address, response]) => cache.put(new URL(address, BASE), response)));
    // It may have been replaced once, and come back.
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
  // A new answer, as one that was redirected may not stand for a page; and one for all who ask.
  const headers = new Headers(response.headers);
  headers.delete("vary");
  return [address, new Response(bytes, { headers })];
}

/** Whether an answer is what an address asks for that ends in what it has to be. */
export async function isAsAsked(address, answer) {
  const hash = await digest("SHA-256", await answer.arrayBuffer());
  const hex = [...hash].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return address.endsWith(`?${hex.slice(0, 16)}`);
}

/** A digest as a text with a letter for each byte. */
async function digest(kind, bytes) {
  return String.fromCharCode(...new Uint8Array(await crypto.subtle.digest(kind, bytes)));
}

/** Has a page come, from its next visit on, with the headers that the server gives it now, such as its policy. */
export async function renewHeaders(name) {
  const [address, response] = await fetchFile([name, FILES[name]]);
  // Meanwhile it may be a replaced release, and deleted.
  if (!(await caches.has(CURRENT))) return;
  const cache = await caches.open(CURRENT);
  await cache.put(new URL(address, BASE), response);
}

/** A file of the current release, by its name. */
export function currentFile(name) {
  return caches.match(new URL(name, BASE), { cacheName: CURRENT, ignoreSearch: true });
}

/** A file of any release that is kept, by an address that says what it is. */
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

/** A page gets this release. Until it is loaded the browser does not name it among those that are open. */
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

/** This release takes over: those before it stay for the pages that are open now or on their way. */
export async function replaceOlder() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const name of await olderCaches()) {
    const cache = await caches.open(name);
    if (await cache.match(REPLACED)) continue;
    for (const { id } of pages) await putHolder(cache, id);
    await cache.put(REPLACED, new Response());
  }
}

/** Deletes replaced releases none of whose pages is open any more. One that waits was not replaced. */
export async function forgetOlder() {
  for (const name of await olderCaches()) {
    const cache = await caches.open(name);
    if ((await cache.match(REPLACED)) && !(await isHeld(cache))) await caches.delete(name);
  }
}

/** Waits for pages that are on their way. */
async function isHeld(cache) {
  for (const { url } of await holdersOf(cache)) {
    if (await clients.get(url.slice(HELD_BY.length))) return true;
  }
  return false;
}
