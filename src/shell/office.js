// The program that makes office files: it is as large as the form and seldom needed, so it comes when the form
// has long been there and the browser has nothing else to do, or when it is asked for.

import { fetchOffice } from "./loading.js";

/** How long the form has the network for itself, in milliseconds. */
const HEAD_START = 10_000;

/** Makes office files. Refuses with the code `unreachable` what can't be fetched. */
export class Office {
  #rootOf;
  #fetched;
  #started;

  /** `rootOf` gives the root of an element in the document, if there is one. */
  constructor(rootOf) {
    this.#rootOf = rootOf;
    const prepare = () => (globalThis.requestIdleCallback ?? queueMicrotask)(() => this.#prepare());
    setTimeout(() => {
      prepare();
      addEventListener("online", prepare);
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
  #prepare() {
    if (this.#rootOf() && navigator.onLine) this.#fetch().catch(() => {});
  }

  #fetch() {
    this.#fetched ??= fetchOffice(this.#rootOf()).catch((error) => {
      // It may be tried again.
      this.#fetched = undefined;
      throw Object.assign(new Error(String(error?.message ?? error)), { code: "unreachable" });
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
        this.#started = undefined;
        throw error;
      });
    return this.#started;
  }
}
