// Whether a newer release waits to take over from the one that this page runs, and having it take over.
// This is so on pages that the release's own service worker serves, and nowhere else.

const WORKER = new URL("sw.js", import.meta.url).href;

/** A page that is looked at again asks the server for a newer release this often, in milliseconds. */
const INTERVAL = 3_600_000;

/** A worker that does not take over within this time is not waited for, in milliseconds. */
const PATIENCE = 10_000;

/** Fires `change` when it may have changed whether a newer release `waits`. */
class Updates extends EventTarget {
  waits = false;
  #registration;
  #running;
  #asked = Date.now();

  async follow() {
    // Comes when there is a worker, if ever there is one.
    const registration = await navigator.serviceWorker?.ready;
    if (registration?.active?.scriptURL !== WORKER) return;
    this.#registration = registration;
    this.#running = await versionOf(registration.active);
    registration.addEventListener("updatefound", () => this.#await(registration.installing));
    if (registration.installing) this.#await(registration.installing);
    navigator.serviceWorker.addEventListener("controllerchange", () => this.#compare());
    document.addEventListener("visibilitychange", () => this.#ask());
    addEventListener("focus", () => this.#ask());
    await this.#compare();
  }

  /** Has the newer release take over; resolves when the next loading of the page gets it. */
  async takeOver() {
    const { waiting } = this.#registration;
    if (!waiting) return;
    const over = new Promise((done) => {
      waiting.addEventListener("statechange", () => {
        if (["activated", "redundant"].includes(waiting.state)) done();
      });
    });
    waiting.postMessage({ tuKiemTra: "take-over" });
    await Promise.race([over, new Promise((done) => setTimeout(done, PATIENCE))]);
  }

  #await(worker) {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") this.#compare();
    });
  }

  async #compare() {
    const { waiting, active } = this.#registration;
    // What waits may be the release that this page runs, after another one was taken back.
    this.waits = (await versionOf(waiting ?? active)) !== this.#running;
    this.dispatchEvent(new Event("change"));
  }

  /** Browsers ask by themselves when a page is opened, and then not any more. */
  #ask() {
    if (document.visibilityState !== "visible" || Date.now() - this.#asked < INTERVAL) return;
    this.#asked = Date.now();
    // Without a network there is nothing to hear.
    this.#registration.update().catch(() => {});
  }
}

function versionOf(worker) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data.version);
    worker.postMessage({ tuKiemTra: "version" }, [port2]);
  });
}

export const updates = new Updates();
updates.follow().catch(() => {});
