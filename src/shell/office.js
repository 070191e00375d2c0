// The program that makes office files. It is as large as the form and seldom needed, so it is fetched when it is
// used, or some time after the form when the browser is idle.

import { OfficeError, fetchOffice } from "./loading.js";

/** The time after the start in which nothing is prefetched, in milliseconds. */
const HEAD_START = 10_000;

/** The first and the longest pause between attempts to prefetch it, in milliseconds. Each is twice the one before. */
const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;

/** Makes office files. Its methods reject with an `OfficeError` if the program can't be fetched. */
export class Office {
  #rootOf;
  #fetched;
  #started;

  /** `rootOf` returns the root of an element in the document, if there is one. */
  constructor(rootOf) {
    this.#rootOf = rootOf;
    setTimeout(() => {
      this.#prepareSoon(FIRST_PAUSE);
      addEventListener("online", () => this.#prepare().catch(() => {}));
    }, HEAD_START);
  }

  /** Returns the bytes of an .xlsx file with a sheet that is given as JSON. */
  async xlsx(sheet) {
    return (await this.#start()).xlsx(sheet);
  }

  /** Returns the bytes of a .docx file with a report that is given as JSON, and the bytes of its photos. */
  async docx(document, photos) {
    return (await this.#start()).docx(document, photos);
  }

  /** Returns a writer of a ZIP file. */
  async packer() {
    return new (await this.#start()).Packer();
  }

  /** Returns a reader of a ZIP file of `size` bytes. */
  async unpacker(size) {
    return new (await this.#start()).Unpacker(size);
  }

  /** Prefetches the program, as there may be no network when it is needed. */
  #prepareSoon(pause) {
    const later = () => setTimeout(() => this.#prepareSoon(Math.min(2 * pause, LONGEST_PAUSE)), pause);
    (globalThis.requestIdleCallback ?? queueMicrotask)(() => this.#prepare().catch(later));
  }

  async #prepare() {
    if (!this.#rootOf()) throw new Error("no element");
    await this.#fetch();
  }

  #fetch() {
    this.#fetched ??= fetchOffice(this.#rootOf()).catch((error) => {
      // It may be retried.
      this.#fetched = undefined;
      throw error;
    });
    return this.#fetched;
  }

  #start() {
    this.#started ??= this.#fetch()
      .then(async ({ glue, wasm }) => {
        await glue.default({ module_or_path: wasm });
        return glue;
      })
      .catch((error) => {
        // The response may have been something else, such as a page to sign in.
        this.#started = this.#fetched = undefined;
        throw error instanceof WebAssembly.CompileError ? new OfficeError("unavailable", error) : error;
      });
    return this.#started;
  }
}
