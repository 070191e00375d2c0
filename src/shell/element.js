// <tu-kiem-tra>: the custom element's shell. Everything else is the WebAssembly that it loads.
//
// The element is defined at once, so that a host may call its methods before the program has
// arrived: each waits for it. The build puts this folder's files together into one script.

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
/** What can't be told by an attribute: what the host adds to requests that send reports. */
const PROPERTIES = ["uploadHeaders", "uploadCredentials"];
const METHODS = [
  "startInspection", "openInspection", "listInspections", "setAnswer", "exportReport",
  "importReport", "flush",
];

// One program serves all elements of the page, so all of this is theirs together.
let program;
let stopped = false;

/** Whether something that was entered is in the program's memory alone. */
let exposed = false;

/** How the program looks; an element that it never came to borrows that. */
let sheets = [];

/** What an element is kept by that is put away for a while, as Turbo does on the way to the next page … */
const KEPT = "[data-turbo-permanent], [hx-preserve]";

/** … and how long it may be away, in milliseconds. */
const AWAY = 10_000;

const connected = new Set();

/** Ends the calls that the program will not answer any more. */
const waiting = new Set();

/** Loads the program once for all elements of the page; a failure may be tried again. */
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

/** The program is at its end: nothing may call it any more, and every element says so. */
function stop() {
  if (stopped) return;
  stopped = true;
  // It may still be in the midst of its last call.
  queueMicrotask(() => {
    for (const end of waiting) end();
    for (const element of connected) showStopped(element);
  });
}

/** A stop that nobody told of: a trap, a stack or a memory that ran out. */
for (const type of ["error", "unhandledrejection"]) {
  addEventListener(type, (/** @type {any} */ event) => {
    if (endsProgram(event.error ?? event.reason)) stop();
  });
}

/** Whether an error was thrown in the program, and not in the host's page or by a method that refuses. */
function endsProgram(error) {
  if (typeof error?.code === "string") return false;
  const frames = String(error?.stack ?? "").split("\n").filter((line) => /^\s+at |^\S*@/.test(line));
  // Some browsers don't say whose WebAssembly it is: then it is that of the script that called it.
  const named = frames.find((frame) => !/wasm:\/\/|<\?>|\[(wasm|native) code\]/.test(frame)) ?? "";
  return FILES.some((file) => named.includes(file));
}

let showStopped;

class TuKiemTra extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  // Held here, or garbage collection would free it and empty the page.
  /** @type {import("../types.js").Instance | null} */
  #instance = null;
  #away = 0;
  /** @type {Promise<import("../types.js").Instance | null> | null} */
  #ready = null;

  #saidStopped = false;

  #properties = {};

  // Counts the mounts: a load that ends after the element was taken out mounts nothing.
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
    connected.add(this);
    // It speaks the person's language by itself: what translates pages would keep old words where new ones are due.
    if (!this.hasAttribute("translate")) this.setAttribute("translate", "no");
    if (this.#instance) this.#dress();
    if (stopped) this.#showStopped();
    else this.#start().catch(() => {});
  }

  /** Loads and mounts, once until the element is taken out; a failure may be tried again. */
  #start() {
    if (this.#ready) return this.#ready;
    const mount = ++this.#mounts;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#showLoading(root);
    const ready = load(root).then((glue) => {
      if (stopped || mount !== this.#mounts) return null;
      this.#instance = glue.mount(this, root);
      // A copy: theirs is emptied on the way to another document.
      sheets = [...root.adoptedStyleSheets];
      return this.#instance;
    });
    this.#ready = ready;
    ready.catch((error) => this.#fail(error));
    return ready;
  }

  disconnectedCallback() {
    // A move takes the element out and puts it back at once: only a real removal unmounts it.
    const leave = () => {
      if (!this.isConnected) this.#leave();
    };
    if (this.#instance && this.closest(KEPT)) {
      // It comes back as it is; what is entered is saved now.
      if (!stopped) this.#instance.call("flush", []).catch(() => {});
      clearTimeout(this.#away);
      this.#away = setTimeout(leave, AWAY);
    } else {
      queueMicrotask(leave);
    }
  }

  /** On the way through another document the browser takes the style sheets away, as they belong to the first one. */
  #dress() {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    if (root.adoptedStyleSheets.length > 0) return;
    try {
      root.adoptedStyleSheets = sheets;
    } catch {
      // It stays in the other one, which gets sheets of its own.
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
      // By two functions: a Promise of the host's page may know no `finally`.
      const ending = (how) => (outcome) => {
        waiting.delete(end);
        how(outcome);
      };
      waiting.add(end);
      instance.call(method, given).then(ending(resolve), ending(reject));
    });
  }

  /** Properties that a host set before the element was defined hide the accessors: set them again. */
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

  /** Until the program is there, shows what the host put into the element, else a sentence. */
  #showLoading(root) {
    const slot = document.createElement("slot");
    const sentence = document.createElement("p");
    root.adoptedStyleSheets = [shellStyle()];
    sentence.className = "shell";
    sentence.textContent = this.#words().loading;
    // White space between the tags would take the place of a slot's own content.
    const follow = () => {
      const given = slot.assignedNodes();
      sentence.hidden = given.some((node) => node.nodeType === Node.ELEMENT_NODE || node.nodeValue?.trim());
    };
    slot.addEventListener("slotchange", follow);
    root.replaceChildren(slot, sentence);
    follow();
  }

  /** Says why nothing is here instead of leaving an empty box. */
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
    // What the host put into the element may say whom to ask.
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    root.adoptedStyleSheets = [shellStyle()];
    root.replaceChildren(notice, document.createElement("slot"));
    this.#tell("load-failed", sentence);
  }

  /** Puts a sentence and the way to reload in the place of the page that nobody serves any more. */
  #showStopped() {
    // A move within the page, or a return to it: it stands there.
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
    // Not from elsewhere on the host's page, unless there is something to lose.
    if (hadFocus || exposed) notice.querySelector("button")?.focus();
    this.#tell("program-stopped", sentences.join(" "));
  }

  /** Leaves a page to be read at most. Its listeners are the program's, so they hear nothing any more. */
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
      // What is at fault may be this release: loaded again, it would be so again.
      await updates.renew();
      location.reload();
      // Who is asked whether to leave may stay.
      button.textContent = words.reload;
    });
    notice.append(text, button);
    page.append(notice);
    return page;
  }

  /** In the language that the person was reading, else in the host's. */
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

/** A method's arguments as JSON; a report that comes as a text is JSON already. */
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
