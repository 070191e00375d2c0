// The program that makes office files: it is as large as the form and seldom needed, so it comes when the form
// has long been there and the browser has nothing else to do, or when it is asked for.

import { OfficeError, fetchOffice } from "./loading.js";

/** How long the form has the network for itself, in milliseconds. */
const HEAD_START = 10_000;

/** When it did not come by itself, it is tried again after a pause, doubled each time up to the longest, in milliseconds. */
const FIRST_PAUSE = 60_000;
const LONGEST_PAUSE = 3_600_000;

/** Makes office files. What can't be fetched is refused with an `OfficeError`. */
export class Office {
  #rootOf;
  #fetched;
  #started;

  /** `rootOf` gives the root of an element in the document, if there is one. */
  constructor(rootOf) {
    this.#rootOf = rootOf;
    setTimeout(() => {
      this.#prepareSoon(FIRST_PAUSE);
      addEventListener("online", () => this.#prepare().catch(() => {}));
    }, HEAD_START);
  }

  /** A sheet, as JSON, as the bytes of an .xlsx file. */
  async xlsx(sheet) {
    return (await this.#start()).xlsx(sheet);
  }

  /** A report, as JSON, with the bytes of its photos, as the bytes of a .docx file. */
  async docx(document, photos) {
    return (await this.#start()).docx(document, photos);
  }

  /** Makes a ZIP file. */
  async packer() {
    return new (await this.#start()).Packer();
  }

  /** Reads a ZIP file of so many bytes. */
  async unpacker(size) {
    return new (await this.#start()).Unpacker(size);
  }

  /** Has it there before it is asked for, when the network may be gone. */
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
      // It may be tried again.
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
        // What came may have been something else, such as a page to sign in.
        this.#started = this.#fetched = undefined;
        throw error instanceof WebAssembly.CompileError ? new OfficeError("unavailable", error) : error;
      });
    return this.#started;
  }
}
