// Removes the service worker with its caches: it is put in the place of sw.js, or loaded by a portal's own worker
// instead of it. People's entries are stored elsewhere and stay.

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => event.waitUntil(remove()));

async function remove() {
  const scope = registration.scope.slice(location.origin.length);
  const isOwn = (name) => name === `tkt:copies:${scope}` || name.replace(/[^:]*$/, "") === `tkt:release:${scope}:`;
  for (const name of (await caches.keys()).filter(isOwn)) await caches.delete(name);
  await registration.unregister();
}
