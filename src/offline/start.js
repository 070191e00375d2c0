// Has the standalone page open without a network from its first visit on: registers the service worker
// beside it. Where there is none (no HTTPS, a private window), the page works as before, with a network.

/** Once the program is there, as the worker fetches all of it again. */
document.querySelector("tu-kiem-tra").addEventListener("tkt-ready", register, { once: true });

function register() {
  navigator.serviceWorker
    ?.register(new URL("sw.js", import.meta.url), { updateViaCache: "none" })
    .catch((error) => console.info(`No service worker: ${error.message}`));
}
