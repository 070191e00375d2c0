// <tu-kiem-tra>: the custom element's shell. Everything else is the WebAssembly that it loads.
//
// The element is defined at once, so that a host may call its methods before the program has
// arrived: each waits for it. `__GLUE__` and `__WASM__` are put in by the build.

const ATTRIBUTES = [
  "checklist", "unit-name", "unit-code", "unit-type", "superior-name", "period", "lang",
  "upload-url", "storage-namespace",
];
const METHODS = [
  "startInspection", "openInspection", "listInspections", "setAnswer", "exportReport",
  "importReport", "flush",
];

let program;

/** Loads the program once for all elements of the page; a failure may be tried again. */
function load() {
  program ??= (async () => {
    const glue = await import("./__GLUE__");
    await glue.default({ module_or_path: new URL("./__WASM__", import.meta.url) });
    return glue;
  })().catch((error) => {
    program = undefined;
    throw error;
  });
  return program;
}

class TuKiemTra extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  // Held here, or garbage collection would free it and empty the page.
  #instance = null;
  #ready = null;

  // Counts the mounts: a load that ends after the element was taken out mounts nothing.
  #mounts = 0;

  static {
    for (const name of METHODS) {
      this.prototype[name] = function (...args) {
        return this.#call(name, args);
      };
    }
    for (const name of ATTRIBUTES) {
      // `lang` is every element's own property already.
      if (name === "lang") continue;
      Object.defineProperty(this.prototype, propertyOf(name), {
        configurable: true,
        enumerable: true,
        get() {
          return this.getAttribute(name) ?? "";
        },
        set(value) {
          if (value === null || value === undefined) this.removeAttribute(name);
          else this.setAttribute(name, value);
        },
      });
    }
  }

  connectedCallback() {
    this.#adoptEarlyProperties();
    this.#start().catch(() => {});
  }

  /** Loads and mounts, once until the element is taken out; a failure may be tried again. */
  #start() {
    if (this.#ready) return this.#ready;
    const mount = ++this.#mounts;
    this.#ready = load().then((glue) => {
      if (mount !== this.#mounts) return null;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      return (this.#instance = glue.mount(this, root));
    });
    this.#ready.catch((error) => this.#fail(error));
    return this.#ready;
  }

  disconnectedCallback() {
    // A move takes the element out and puts it back at once: only a real removal unmounts it.
    queueMicrotask(() => {
      if (!this.isConnected) this.#leave();
    });
  }

  attributeChangedCallback(name) {
    this.#instance?.attributeChanged(name);
  }

  async #call(method, args) {
    if (!this.isConnected) throw failure("not-connected", "the element is not in a document");
    const instance = await this.#start().catch((error) => {
      throw failure("load-failed", String(error?.message ?? error));
    });
    if (!instance) throw failure("not-connected", "the element was removed from its document");
    return instance.call(method, args);
  }

  /** Properties that a host set before the element was defined hide the accessors: set them again. */
  #adoptEarlyProperties() {
    for (const property of ATTRIBUTES.map(propertyOf)) {
      if (!Object.hasOwn(this, property)) continue;
      const value = this[property];
      delete this[property];
      this[property] = value;
    }
  }

  #leave() {
    this.#instance?.unmount();
    this.#instance = null;
    this.#ready = null;
    this.#mounts++;
  }

  /** Says why nothing is here instead of leaving an empty box. */
  #fail(error) {
    this.#ready = null;
    const english = (this.lang || document.documentElement.lang).startsWith("en");
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const message = document.createElement("p");
    message.setAttribute("role", "alert");
    message.textContent = english
      ? "The self-inspection form could not be loaded. Check the connection and reload the page."
      : "Không tải được biểu mẫu tự kiểm tra. Hãy kiểm tra kết nối mạng rồi tải lại trang.";
    const cause = document.createElement("small");
    cause.textContent = String(error?.message ?? error);
    root.replaceChildren(message, cause);
    const detail = { code: "load-failed", message: message.textContent };
    this.dispatchEvent(new CustomEvent("tkt-error", { detail, bubbles: true, composed: true }));
  }
}

function propertyOf(attribute) {
  return attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

function failure(code, message) {
  return Object.assign(new Error(message), { code });
}

if (!customElements.get("tu-kiem-tra")) customElements.define("tu-kiem-tra", TuKiemTra);
