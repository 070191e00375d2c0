// Newer releases: whether one waits to replace the release that this page runs, and switching to it. This works
// only on pages that the release's own service worker serves.

import { FILES } from "./loading.js";

const WORKER = new URL("sw.js", import.meta.url).href;

/** This script's address in the release's own pages, with a hash of its content. */
const SCRIPT = /[^/]+\?[0-9a-f]{16}$/.exec(import.meta.url);

/** The files that this page runs. A script with a hash is enough, as it names the program's files. */
const RUNNING = SCRIPT ?? FILES;

/** The shortest time between two requests for a newer release by a page that becomes visible, in milliseconds. */
const INTERVAL = 3_600_000;

/** The timeout of a worker's answer or activation, in milliseconds. */
const PATIENCE = 10_000;

/** Follows newer releases, and dispatches `change` when `waits` may have changed. */
class Updates extends EventTarget {
  waits = false;
  #registration;
  #isAsking = false;
  #asked = -Infinity;

  async follow() {
    // Resolves once there is a worker, if there ever is one.
    const registration = await navigator.serviceWorker?.ready;
    if (registration?.active?.scriptURL !== WORKER) return;
    this.#registration = registration;
    registration.addEventListener("updatefound", () => this.#watch(registration.installing));
    this.#watch(registration.installing);
    this.#watch(registration.waiting);
    navigator.serviceWorker.addEventListener("controllerchange", () => this.#compare());
    document.addEventListener("visibilitychange", () => this.#ask());
    for (const type of ["focus", "online"]) addEventListener(type, () => this.#ask());
    this.#ask();
    await this.#compare();
  }

  /** Activates the newer release. Resolves when the next load of the page gets it. */
  async takeOver() {
    const waiting = this.#registration?.waiting;
    if (!waiting) return;
    const over = becomes(waiting, "activated");
    waiting.postMessage({ tuKiemTra: "take-over" });
    await within(PATIENCE, over);
  }

  /**
   * Activates another release for a page whose program does not work, if one waits or the server has one by now.
   * Resolves when the page may be reloaded.
   */
  async renew() {
    const registration = this.#registration;
    const asked = registration?.update().then(() => becomes(registration.installing, "installed"));
    // Without a network another release may still wait.
    await within(PATIENCE, asked).catch(() => {});
    await this.takeOver();
  }

  #watch(worker) {
    worker?.addEventListener("statechange", () => this.#compare());
  }

  async #compare() {
    const { waiting, active } = this.#registration;
    const files = await within(PATIENCE, filesOf(waiting ?? active));
    // The workers changed meanwhile, and that is being compared.
    if (waiting !== this.#registration.waiting || active !== this.#registration.active) return;
    // The waiting worker may be of the release that this page runs, if a later one was withdrawn. A waiting
    // worker that does not answer counts as another release.
    this.waits = files ? !RUNNING.every((file) => files.includes(file)) : waiting !== null;
    // Not `Event`, as MooTools replaces that class.
    this.dispatchEvent(new CustomEvent("change"));
  }

  /** Asks the server for a newer release. Browsers do so only when a page is opened. */
  async #ask() {
    const isDue = document.visibilityState === "visible" && Date.now() - this.#asked >= INTERVAL;
    if (!isDue || this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#registration.update();
      this.#asked = Date.now();
    } catch {
      // Without a network it is asked the next time.
    }
    this.#isAsking = false;
  }
}

/** Returns the addresses of a worker's files; none if it keeps no list, as in another release. */
function filesOf(worker) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data.files ?? []);
    worker.postMessage({ tuKiemTra: "version" }, [port2]);
  });
}

/** Resolves when a worker has reached a state, or its end. */
function becomes(worker, state) {
  const isSo = () => !worker || [state, "redundant"].includes(worker.state);
  return new Promise((done) => {
    if (isSo()) done(undefined);
    else worker.addEventListener("statechange", () => isSo() && done(undefined));
  });
}

/** Returns the value of a promise, or `undefined` after `time` milliseconds. */
function within(time, promise) {
  return Promise.race([promise, new Promise((done) => setTimeout(() => done(undefined), time))]);
}

export const updates = new Updates();
updates.follow().catch(() => {});
