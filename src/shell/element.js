// <tu-kiem-tra>: the custom element's shell. Everything else is the WebAssembly that it loads.
//
// The element is defined at once, so that a host may call its methods before the program has
// arrived: each call waits for it. The build joins this folder's files into one script.

import { FILES, fetchProgram } from "./loading.js";
import { Office } from "./office.js";
import { plain } from "./plain.js";
import { shellStyle } from "./style.js";
import { updates } from "./updates.js";
import { WORDS } from "./words.js";

const ATTRIBUTES = [
  "checklist", "unit-name", "unit-code", "unit-type", "superior-name", "period", "lang",
  "upload-url", "storage-namespace",
];
/** The settings that an attribute can't hold: the host's additions to requests that send reports. */
const PROPERTIES = ["uploadHeaders", "uploadCredentials"];
const METHODS = [
  "startInspection", "openInspection", "listInspections", "setAnswer", "exportReport",
  "importReport", "flush",
];

// One program serves all elements of the page, so they share the following state.
let program;
let stopped = false;

/** Whether some entries are only in the program's memory. */
let exposed = false;

/** The program's style sheets. An element without the program borrows them. */
let sheets = [];

/** The elements that Turbo and htmx take out for a while and put back, as Turbo does between two pages … */
const KEPT = "[data-turbo-permanent], [hx-preserve]";

/** … and the longest time between the two, in milliseconds. */
const AWAY = 10_000;

const connected = new Set();

/** The functions that end the calls which the program has not answered yet. */
const waiting = new Set();

/** Loads the program once for all elements of the page. A failure may be retried. */
function load(root) {
  program ??= fetchProgram(root)
    .then((glue) => {
      glue.tellShell(stop, (now) => (exposed = now));
      glue.tellUpdates(updates);
      glue.tellOffice(new Office(() => [...connected].at(-1)?.shadowRoot));
      return glue;
    })
    .catch((error) => {
      program = undefined;
      throw error;
    });
  return program;
}

/** Notes that the program has stopped: nothing may call it any more, and every element says so. */
function stop() {
  if (stopped) return;
  stopped = true;
  // Its last call may not have returned yet.
  queueMicrotask(() => {
    for (const end of waiting) end();
    for (const element of connected) showStopped(element);
  });
}

// A stop that the program could not report: a trap, or no stack or memory left.
for (const type of ["error", "unhandledrejection"]) {
  addEventListener(type, (/** @type {any} */ event) => {
    if (endsProgram(event.error ?? event.reason)) stop();
  });
}

/** Returns whether an error was thrown in the program, and not in the host's page or by a method that refuses. */
function endsProgram(error) {
  if (typeof error?.code === "string") return false;
  const frames = String(error?.stack ?? "").split("\n").filter((line) => /^\s+at |^\S*@/.test(line));
  // Some browsers don't name the WebAssembly file. It belongs to the script that called it.
  const named = frames.find((frame) => !/wasm:\/\/|<\?>|\[(wasm|native) code\]/.test(frame)) ?? "";
  return FILES.some((file) => named.includes(file));
}

let showStopped;

class TuKiemTra extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  // Held here, as garbage collection would free it and empty the page.
  /** @type {import("../types.js").Instance | null} */
  #instance = null;
  #away = 0;
  /** @type {Promise<import("../types.js").Instance | null> | null} */
  #ready = null;

  #saidStopped = false;

  #properties = {};

  // The number of mounts: a load that ends after the element was removed mounts nothing.
  #mounts = 0;

  static {
    showStopped = (element) => element.#showStopped();
    for (const name of METHODS) {
      this.prototype[name] = function (...args) {
        return this.#call(name, args);
      };
    }
    for (const name of PROPERTIES) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        enumerable: true,
        get() {
          return this.#properties[name];
        },
        set(value) {
          this.#properties[name] = value;
          this.attributeChangedCallback(name);
        },
      });
    }
    for (const name of ATTRIBUTES) {
      // Every element has a property `lang` already.
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
    connected.add(this);
    // The form has its own languages, and a translator would keep old words where new ones are due.
    if (!this.hasAttribute("translate")) this.setAttribute("translate", "no");
    if (this.#instance) this.#dress();
    if (stopped) this.#showStopped();
    else this.#start().catch(() => {});
  }

  /** Loads and mounts once, until the element is removed. A failure may be retried. */
  #start() {
    if (this.#ready) return this.#ready;
    const mount = ++this.#mounts;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#showLoading(root);
    const ready = load(root).then((glue) => {
      if (stopped || mount !== this.#mounts) return null;
      this.#instance = glue.mount(this, root);
      // A copy, as the list itself is emptied when the element moves to another document.
      sheets = [...root.adoptedStyleSheets];
      return this.#instance;
    });
    this.#ready = ready;
    ready.catch((error) => this.#fail(error));
    return ready;
  }

  disconnectedCallback() {
    // A move removes the element and inserts it again at once. Only a lasting removal unmounts it.
    const leave = () => {
      if (!this.isConnected) this.#leave();
    };
    if (this.#instance && this.closest(KEPT)) {
      // It comes back unchanged. Its entries are saved now.
      if (!stopped) this.#instance.call("flush", []).catch(() => {});
      clearTimeout(this.#away);
      this.#away = setTimeout(leave, AWAY);
    } else {
      queueMicrotask(leave);
    }
  }

  /** Restores the style sheets, which the browser removes when the element passes through another document. */
  #dress() {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    if (root.adoptedStyleSheets.length > 0) return;
    try {
      root.adoptedStyleSheets = sheets;
    } catch {
      // The element stays in the other document, which needs style sheets of its own.
      const { CSSStyleSheet } = /** @type {any} */ (this.ownerDocument.defaultView);
      root.adoptedStyleSheets = sheets.map((sheet) => {
        const own = new CSSStyleSheet();
        own.replaceSync([...sheet.cssRules].map((rule) => rule.cssText).join("\n"));
        return own;
      });
    }
  }

  attributeChangedCallback(name) {
    if (!stopped) this.#instance?.attributeChanged(name);
  }

  async #call(method, args) {
    const hasStopped = () => failure("program-stopped", this.#words().stopped);
    if (stopped) throw hasStopped();
    if (!this.isConnected) throw failure("not-connected", "the element is not in a document");
    const instance = await this.#start().catch((error) => {
      throw stopped ? hasStopped() : failure("load-failed", String(error?.message ?? error));
    });
    if (stopped) throw hasStopped();
    if (!instance) throw failure("not-connected", "the element was removed from its document");
    const given = argumentsOf(method, args);
    return new Promise((resolve, reject) => {
      const end = () => reject(hasStopped());
      // Two functions, as an old polyfill of the host's page may lack `finally`.
      const ending = (how) => (outcome) => {
        waiting.delete(end);
        how(outcome);
      };
      waiting.add(end);
      instance.call(method, given).then(ending(resolve), ending(reject));
    });
  }

  /** Sets properties again that a host set before the element was defined: they hide the accessors. */
  #adoptEarlyProperties() {
    for (const property of [...ATTRIBUTES.map(propertyOf), ...PROPERTIES]) {
      if (!Object.hasOwn(this, property)) continue;
      const value = this[property];
      delete this[property];
      this[property] = value;
    }
  }

  #leave() {
    connected.delete(this);
    if (stopped) return;
    this.#instance?.unmount();
    this.#instance = null;
    this.#ready = null;
    this.#mounts++;
  }

  /** Shows the host's content of the element until the program is there, or a sentence if it has none. */
  #showLoading(root) {
    const slot = document.createElement("slot");
    const sentence = document.createElement("p");
    root.adoptedStyleSheets = [shellStyle()];
    sentence.className = "shell";
    sentence.textContent = this.#words().loading;
    // White space between the tags would replace a slot's fallback content.
    const follow = () => {
      const given = slot.assignedNodes();
      sentence.hidden = given.some((node) => node.nodeType === Node.ELEMENT_NODE || node.nodeValue?.trim());
    };
    slot.addEventListener("slotchange", follow);
    root.replaceChildren(slot, sentence);
    follow();
  }

  /** Shows why the form could not be loaded, instead of an empty box. */
  #fail(error) {
    this.#ready = null;
    if (stopped) return;
    const words = this.#words();
    const reason = words[error.reason]?.replace("{name}", error.file) ?? words.broken;
    const sentence = `${words.loadFailed} ${reason}`;
    const cause = document.createElement("small");
    cause.textContent = `${words.details} ${error.message}`;
    const notice = this.#notice([sentence]);
    notice.append(cause);
    // The host's content may say whom to ask.
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    root.adoptedStyleSheets = [shellStyle()];
    root.replaceChildren(notice, document.createElement("slot"));
    this.#tell("load-failed", sentence);
  }

  /** Replaces the page of the stopped program with a sentence and a button that reloads. */
  #showStopped() {
    // It is there already after a move within the page or a return to it.
    if (this.#saidStopped) return;
    this.#saidStopped = true;
    const words = this.#words();
    const sentences = [words.stopped, exposed ? words.exposed : words.kept];
    const notice = this.#notice(sentences);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    if (!this.#instance) root.adoptedStyleSheets = sheets.length > 0 ? sheets : [shellStyle()];
    const hadFocus = root.activeElement !== null;
    for (const page of root.children) this.#retire(page);
    if (exposed) root.prepend(notice);
    else root.replaceChildren(notice);
    // The focus is taken from elsewhere on the host's page only if entries may be lost.
    if (hadFocus || exposed) notice.querySelector("button")?.focus();
    this.#tell("program-stopped", sentences.join(" "));
  }

  /** Makes a page read-only. Its listeners belong to the stopped program, so no event reaches them any more. */
  #retire(page) {
    const silence = (event) => event.stopImmediatePropagation();
    for (const type of ["blur", "focus", "focusin", "focusout", "change", "close"]) {
      page.addEventListener(type, silence, true);
    }
    for (const dialog of page.querySelectorAll("dialog[open]")) dialog.close();
    page.inert = true;
  }

  #notice(sentences) {
    const words = this.#words();
    const page = document.createElement("div");
    const notice = document.createElement("div");
    const text = document.createElement("p");
    const button = document.createElement("button");
    page.className = "root shell";
    page.part = "root";
    page.translate = false;
    page.lang = words === WORDS.en ? "en" : "vi";
    notice.className = "notice notice-error";
    notice.setAttribute("role", "alert");
    text.textContent = sentences.join(" ");
    button.className = "button button-primary";
    button.type = "button";
    button.dataset.action = "reload";
    button.textContent = words.reload;
    button.addEventListener("click", async () => {
      button.textContent = words.reloading;
      // This release may be at fault, so another one takes over if there is one.
      await updates.renew();
      location.reload();
      // A person whom the browser asks whether to leave may stay.
      button.textContent = words.reload;
    });
    notice.append(text, button);
    page.append(notice);
    return page;
  }

  /** Returns the words in the language that the person was reading, else in the host's. */
  #words() {
    const page = /** @type {HTMLElement | null | undefined} */ (this.shadowRoot?.querySelector("[part=root]"));
    const read = page?.lang;
    const language = read || this.lang || document.documentElement.lang;
    return language.startsWith("en") ? WORDS.en : WORDS.vi;
  }

  #tell(code, message) {
    const detail = { code, message };
    this.dispatchEvent(new CustomEvent("tkt-error", { detail, bubbles: true, composed: true }));
  }
}

/** Returns a method's arguments as JSON. A report that is given as a text is JSON already. */
function argumentsOf(method, args) {
  const given = [];
  try {
    for (let index = 0; index < args.length; index++) {
      const isText = method === "importReport" && index === 0 && typeof args[index] === "string";
      given[index] = isText ? args[index] : plain(args[index]);
    }
  } catch (error) {
    throw failure("bad-arguments", String(error?.message ?? error));
  }
  return given;
}

function propertyOf(attribute) {
  return attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

function failure(code, message) {
  return Object.assign(new Error(message), { code });
}

if (!customElements.get("tu-kiem-tra")) customElements.define("tu-kiem-tra", TuKiemTra);
