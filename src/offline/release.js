// The release's files on this device: all of them or none, each as it has to be, and kept for as long as
// a page is open that may need them.

/** Follows from what the files are. */
export const VERSION = "__VERSION__";

/** What each file has to be, by the address at which the release's own pages ask for it. */
const FILES = JSON.parse('__FILES__');

export const ADDRESSES = Object.keys(FILES);

const NAMES = new Set(ADDRESSES.map((address) => address.replace(/\?.*/, "")));

/** Where the release lies: beside this script, or where a portal's own worker says. */
export const BASE = new URL((self.tuKiemTra ?? ".").replace(/\/*$/, "/"), location);

/** Caches belong to the whole origin, so their names say whose they are. */
export const SCOPE = registration.scope.slice(location.origin.length);
const PREFIX = `tkt:release:${SCOPE}:`;
const CURRENT = PREFIX + VERSION;

/** In a release that was replaced: the pages that were open then. */
const HOLDERS = new URL("held-by", BASE).href;

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
    await cache.delete(HOLDERS);
  } catch (error) {
    if (isNew) await caches.delete(CURRENT);
    throw error;
  }
}

async function fetchFile([address, integrity]) {
  const asked = { cache: "reload", credentials: "same-origin", integrity };
  const response = await fetch(new URL(address, BASE), asked);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  // A new answer, as one that was redirected may not stand for a page; and one for all who ask.
  const headers = new Headers(response.headers);
  headers.delete("vary");
  return [address, new Response(await response.arrayBuffer(), { headers })];
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

/** This release takes over: those before it stay for the pages that are open now. */
export async function replaceOlder() {
  const holders = await openPages();
  for (const name of await olderCaches()) {
    const cache = await caches.open(name);
    if (!(await cache.match(HOLDERS))) await cache.put(HOLDERS, Response.json(holders));
  }
  await forgetOlder();
}

/** Deletes replaced releases none of whose pages is open any more. One that waits was not replaced. */
export async function forgetOlder() {
  const older = await olderCaches();
  if (older.length === 0) return;
  const open = await openPages();
  for (const cacheName of older) {
    const holders = await (await caches.match(HOLDERS, { cacheName }))?.json();
    if (holders && !holders.some((page) => open.includes(page))) await caches.delete(cacheName);
  }
}

async function openPages() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  return pages.map(({ id }) => id);
}
