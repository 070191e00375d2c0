// Whether a newer release waits to take over from the one that this page runs, and having it take over.
// This is so on pages that the release's own service worker serves, and nowhere else.

import { FILES } from "./loading.js";

const WORKER = new URL("sw.js", import.meta.url).href;

/** This script as the release's own pages name it, by what is in it. */
const SCRIPT = /[^/]+\?[0-9a-f]{16}$/.exec(import.meta.url);

/** What this page runs. The script names the program's files, so it says all where it is named by what is in it. */
const RUNNING = SCRIPT ?? FILES;

/** A page that is looked at again asks the server for a newer release this often, in milliseconds. */
const INTERVAL = 3_600_000;

/** A worker that does not answer or take over within this time is not waited for, in milliseconds. */
const PATIENCE = 10_000;

/** Fires `change` when it may have changed whether a newer release `waits`. */
class Updates extends EventTarget {
  waits = false;
  #registration;
  #isAsking = false;
  #asked = -Infinity;

  async follow() {
    // Comes when there is a worker, if ever there is one.
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

  /** Has the newer release take over; resolves when the next loading of the page gets it. */
  async takeOver() {
    const waiting = this.#registration?.waiting;
    if (!waiting) return;
    const over = becomes(waiting, "activated");
    waiting.postMessage({ tuKiemTra: "take-over" });
    await within(PATIENCE, over);
  }

  /**
   * For a page whose program does not work, which may be its release's fault: has another one take over, if
   * one waits or the server has one by now. Resolves when the page may be loaded again.
   */
  async renew() {
    const registration = this.#registration;
    const asked = registration?.update().then(() => becomes(registration.installing, "installed"));
    // Without a network there may still be one that waits.
    await within(PATIENCE, asked).catch(() => {});
    await this.takeOver();
  }

  #watch(worker) {
    worker?.addEventListener("statechange", () => this.#compare());
  }

  async #compare() {
    const { waiting, active } = this.#registration;
    const files = await within(PATIENCE, filesOf(waiting ?? active));
    // Meanwhile it was another one's turn, and that is being compared.
    if (waiting !== this.#registration.waiting || active !== this.#registration.active) return;
    // What waits may be the release that this page runs, after another one was taken back. Who does not
    // answer is another one if it waits.
    this.waits = files ? !RUNNING.every((file) => files.includes(file)) : waiting !== null;
    // Not `Event`: MooTools has a class of that name of its own.
    this.dispatchEvent(new CustomEvent("change"));
  }

  /** Asks the server. Browsers do so by themselves when a page is opened, and then not any more. */
  async #ask() {
    const isDue = document.visibilityState === "visible" && Date.now() - this.#asked >= INTERVAL;
    if (!isDue || this.#isAsking) return;
    this.#isAsking = true;
    try {
      await this.#registration.update();
      this.#asked = Date.now();
    } catch {
      // Without a network there is nothing to hear: next time.
    }
    this.#isAsking = false;
  }
}

/** The addresses of a worker's files. One that keeps no list of them has others than this page. */
function filesOf(worker) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data.files ?? []);
    worker.postMessage({ tuKiemTra: "version" }, [port2]);
  });
}

/** Resolves when a worker has come to a state, or to its end. */
function becomes(worker, state) {
  const isSo = () => !worker || [state, "redundant"].includes(worker.state);
  return new Promise((done) => {
    if (isSo()) done(undefined);
    else worker.addEventListener("statechange", () => isSo() && done(undefined));
  });
}

/** What a promise comes to, or nothing if it takes longer than this many milliseconds. */
function within(time, promise) {
  return Promise.race([promise, new Promise((done) => setTimeout(() => done(undefined), time))]);
}

export const updates = new Updates();
updates.follow().catch(() => {});
