// The service worker: the pages of the release open without a network, each with the files of its release.
//
// A portal's own worker may load this script and give the folder of the release. Then the portal's page opens
// without a network as well:
//
//   self.tuKiemTra = "/tkt/";
//   importScripts("/tkt/sw.js");

import { ADDRESSES, BASE, SCOPE, VERSION, addressOf, currentFile, fileByContent, forgetOlder, hold, isAsAsked, isByContent, isFile, keepRelease, renewHeaders, replaceOlder } from "./release.js";
import { copied, isSettings, keepSettings, settings } from "./copies.js";
import { networkFirst } from "./network.js";

const IS_PORTALS = self.tuKiemTra !== undefined;

/** The destinations of a page's parts. The requests of its scripts are data, which are not kept. */
const PARTS = ["script", "style", "image", "font"];

addEventListener("install", (event) => {
  event.waitUntil(install());
  // A portal's page comes from the network, so no page depends on the previous worker.
  if (IS_PORTALS) skipWaiting();
});

/** Keeps all needed files. Tells the pages the reason for a failure, as browsers tell nobody. */
async function install() {
  try {
    await Promise.all([keepRelease(), IS_PORTALS || keepSettings().catch(() => {})]);
  } catch ({ message: reason }) {
    const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
    for (const page of pages.filter(({ url }) => isOwnPage(new URL(url)))) {
      page.postMessage({ tuKiemTra: "not-kept", reason });
    }
    throw new Error(reason);
  }
}

addEventListener("activate", (event) => event.waitUntil(replaceOlder()));

addEventListener("message", (/** @type {any} */ event) => {
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

/** Returns the answer to a visit, or `undefined` for other pages. */
function page(event, url) {
  if (IS_PORTALS) return isPortalsPage(url) ? copied(event, portalsPage()) : undefined;
  if (!isOwnPage(url)) return undefined;
  return ownPage(event, addressOf(url).replace(/\?.*/, "") || "index.html");
}

async function ownPage(event, name) {
  const { request, resultingClientId } = event;
  // The headers stay without a network, or if the server has another release by now.
  event.waitUntil(renewHeaders(name).catch(() => {}));
  const [file] = await Promise.all([currentFile(name), hold(resultingClientId).catch(() => {})]);
  return file ?? fetch(request);
}

/** Returns whether an address is one of the release's own pages. */
function isOwnPage(url) {
  return ["", "index.html", "embed.html"].includes(addressOf(url)?.replace(/\?.*/, ""));
}

/** Returns the answer to a page's request for a part, or `undefined` if it is not kept. */
function part(event, url) {
  const address = addressOf(url);
  if (address !== undefined && isByContent(address)) {
    event.waitUntil(forgetOlder());
    return byContent(event, address);
  }
  // Without a hash, as in a webmaster's page: the server decides which release it is.
  if (isFile(address)) return networkFirst(event, () => currentFile(address));
  if (isSettings(address)) return settings(event);
  const isPart = IS_PORTALS && url.origin === location.origin && PARTS.includes(event.request.destination);
  return isPart ? partOfPortal(event) : undefined;
}

/** Returns a file with a hash. A server ignores one in a query, so a page of the release gets its own file or none. */
async function byContent(event, address) {
  const kept = await fileByContent(address);
  if (kept) return kept;
  const answer = await fetch(event.request);
  const asking = address.includes("?") && (await clients.get(event.clientId));
  const isRight = !asking || !isOwnPage(new URL(asking.url)) || (await isAsAsked(address, answer.clone()));
  return isRight ? answer : Response.error();
}

async function partOfPortal(event) {
  const loading = await clients.get(event.clientId);
  const isOfPage = loading && isPortalsPage(new URL(loading.url));
  return isOfPage ? copied(event, event.request.url) : fetch(event.request);
}

/** Returns whether an address is the portal's page, which is the worker's scope itself. */
function isPortalsPage(url) {
  return SCOPE.includes("?") ? url.pathname + url.search === SCOPE : url.pathname === SCOPE;
}

function portalsPage() {
  return location.origin + SCOPE;
}
