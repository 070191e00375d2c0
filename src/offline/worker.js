// The service worker: the pages of the release open without a network, each with the files that it was
// made with.
//
// A portal's own worker may load this script and say where the release is; then the portal's page opens
// without a network as well:
//
//   self.tuKiemTra = "/tkt/";
//   importScripts("/tkt/sw.js");

import { ADDRESSES, BASE, SCOPE, VERSION, addressOf, currentFile, fileByContent, forgetOlder, isByContent, isFile, keepRelease, replaceOlder } from "./release.js";
import { copied } from "./copies.js";
import { networkFirst } from "./network.js";

const IS_PORTALS = self.tuKiemTra !== undefined;

/** What pages are made of. What their scripts ask for is data, and of one moment. */
const PARTS = ["script", "style", "image", "font"];

addEventListener("install", (event) => {
  event.waitUntil(keepRelease());
  // A portal's page comes from the network, so that no page depends on the worker before.
  if (IS_PORTALS) skipWaiting();
});

addEventListener("activate", (event) => event.waitUntil(replaceOlder()));

addEventListener("message", (event) => {
  if (event.data?.tuKiemTra === "version") {
    event.ports[0]?.postMessage({ name: "tu-kiem-tra", version: VERSION, files: ADDRESSES });
  } else if (event.data?.tuKiemTra === "take-over") {
    event.waitUntil(skipWaiting());
  }
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const url = new URL(request.url);
  const answer = request.mode === "navigate" ? page(event, url) : part(event, url);
  if (answer) event.respondWith(answer);
});

/** The answer to a visit, or nothing for pages that are none of ours. */
function page(event, url) {
  if (IS_PORTALS) return isPortalsPage(url) ? copied(event, portalsPage()) : undefined;
  const name = addressOf(url)?.replace(/\?.*/, "") || "index.html";
  const isOurs = addressOf(url) !== undefined && ["index.html", "embed.html"].includes(name);
  return isOurs ? orFetched(currentFile(name), event) : undefined;
}

/** The answer to what a page loads, or nothing for what is not kept. */
function part(event, url) {
  const address = addressOf(url);
  if (address !== undefined && isByContent(address)) {
    event.waitUntil(forgetOlder());
    return orFetched(fileByContent(address), event);
  }
  // Asked for by name, as by a webmaster's page: which release that is, the server decides.
  if (isFile(address)) return networkFirst(event, () => currentFile(address));
  if (address === "embed.json") return copied(event, url.href, { untilGone: true });
  const isPart = IS_PORTALS && url.origin === location.origin && PARTS.includes(event.request.destination);
  return isPart ? partOfPortal(event) : undefined;
}

async function orFetched(kept, { request }) {
  return (await kept) ?? fetch(request);
}

async function partOfPortal(event) {
  const loading = await clients.get(event.clientId);
  const isOfPage = loading && isPortalsPage(new URL(loading.url));
  return isOfPage ? copied(event, event.request.url) : fetch(event.request);
}

/** The portal's page is the one at the worker's scope itself. */
function isPortalsPage(url) {
  return SCOPE.includes("?") ? url.pathname + url.search === SCOPE : url.pathname === SCOPE;
}

function portalsPage() {
  return location.origin + SCOPE;
}
