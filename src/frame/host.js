// For pages that have <tu-kiem-tra> in an iframe of another origin: the element's methods and events, as if
// it were in the page itself.
//
//   import { connect } from "https://…/tu-kiem-tra-frame.js";
//   const frame = connect(document.querySelector("iframe"));
//   frame.addEventListener("tkt-saved", ({ detail }) => …);
//   const list = await frame.listInspections();
//
// The page inside answers only the origins in the `embed.json` beside it.

const METHODS = [
  "startInspection", "openInspection", "listInspections", "setAnswer", "exportReport", "importReport", "flush",
];

/** The timeout of the first message of a loaded page, in milliseconds. */
const PATIENCE = 5_000;

/** The smallest height, in pixels: a dialog needs it even if the page itself is short. */
const LEAST_HEIGHT = 480;

/**
 * Connects to the page in an iframe, now and whenever it is loaded again.
 *
 * `takeOverExports`: the page inside downloads nothing, as after `preventDefault()` on `tkt-export`.
 * `resize`: the iframe becomes as high as its content but no higher than the window, so that sticky parts
 * stay visible. Otherwise its height is left alone.
 */
export function connect(iframe, { takeOverExports = false, resize = true } = {}) {
  return new Frame(iframe, takeOverExports, resize);
}

class Frame extends EventTarget {
  #iframe;
  #origin;
  #takeOverExports;
  #resizes;
  /** The channel to the page inside, and the id of the load that accepted it. */
  #port;
  #page;
  #refusal;
  /** Whether the page inside has sent a message since the iframe's last `load` event. */
  #heard = false;
  /** All settings so far. A page that is loaded again gets them again. */
  #settings = {};
  /** The messages that wait for a channel, and the calls that wait for an answer, by number. */
  #unsent = [];
  #calls = new Map();
  #lastCall = 0;
  #height = 0;
  #end = new AbortController();

  static {
    for (const name of METHODS) {
      this.prototype[name] = function (...given) {
        return this.#call(name, given);
      };
    }
  }

  constructor(iframe, takeOverExports, resizes) {
    super();
    this.#iframe = iframe;
    this.#origin = new URL(iframe.src, document.baseURI).origin;
    this.#takeOverExports = takeOverExports;
    this.#resizes = resizes;
    const { signal } = this.#end;
    addEventListener("message", (event) => this.#greet(event), { signal });
    addEventListener("resize", () => this.#fit(), { signal });
    iframe.addEventListener("load", () => this.#loaded(), { signal });
    // The first message of a page that is already loaded was missed.
    if (iframe.contentDocument?.URL !== "about:blank") this.#connect();
  }

  /**
   * Sets an attribute of the element, `uploadHeaders` or `uploadCredentials`. `null` removes it. Settings that
   * have to change together are given as one object: `set({ "upload-url": …, uploadHeaders: … })`.
   */
  set(name, value) {
    const set = copied(typeof name === "object" ? name : { [name]: value });
    this.#settings = { ...this.#settings, ...set };
    if (this.#page) this.#port.postMessage({ set });
  }

  /** Ends the connection. The page inside goes on by itself. */
  disconnect() {
    this.#end.abort();
    this.#port?.postMessage({ bye: true });
    this.#port?.close();
    this.#unsent = [];
    this.#endCalls("not-connected", "the frame was disconnected");
  }

  #call(name, given) {
    if (this.#end.signal.aborted) return Promise.reject(failure("not-connected", "the frame was disconnected"));
    if (!this.#iframe.isConnected) return Promise.reject(failure("not-connected", "the frame is not in a document"));
    if (this.#refusal) return Promise.reject(this.#refusal);
    const id = ++this.#lastCall;
    return new Promise((resolve, reject) => {
      const message = copied({ id, call: name, given });
      this.#calls.set(id, { resolve, reject });
      this.#send(message);
    });
  }

  #send(message) {
    if (this.#page) this.#port.postMessage(message);
    else this.#unsent.push(message);
  }

  /** Connects if the page inside announces itself and has no channel yet. */
  #greet({ source, origin, data }) {
    const isInside = source === this.#iframe.contentWindow && origin === this.#origin;
    if (!isInside || data?.tuKiemTra !== "here") return;
    this.#heard = true;
    if (data.page !== this.#page) this.#connect();
  }

  /** Ends the calls if the page that was just loaded does not answer: it may be another one. */
  #loaded() {
    this.#heard = false;
    if (this.#page) this.#port.postMessage({ ping: true });
    setTimeout(() => {
      if (this.#heard) return;
      this.#page = undefined;
      this.#endCalls("not-connected", `nobody in the frame answers for ${this.#origin}`);
    }, PATIENCE);
  }

  #connect() {
    this.#port?.close();
    if (this.#page) {
      // A page that was loaded again does not know the calls of the previous one.
      this.#page = undefined;
      this.#endCalls("not-connected", "the page in the frame was loaded again");
    }
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#take(data);
    const request = { tuKiemTra: "connect", takeOverExports: this.#takeOverExports };
    this.#iframe.contentWindow.postMessage(request, this.#origin, [port2]);
  }

  #take(message) {
    this.#heard = true;
    const { accepted, refused, closed, id, value, error, event, detail, height, pong } = message ?? {};
    if (accepted) {
      this.#page = accepted;
      this.#refusal = undefined;
      this.#send({ set: this.#settings });
      for (const message of this.#unsent.splice(0)) this.#send(message);
    } else if (refused) {
      const message = `${refused} does not answer ${location.origin}: its embed.json has to list that origin`;
      this.#refusal = failure("not-allowed", message);
      this.#unsent = [];
      this.#endCalls("not-allowed", message);
      this.dispatchEvent(new CustomEvent("tkt-error", { detail: { code: "not-allowed", message } }));
    } else if (closed) {
      this.#page = undefined;
      this.#refusal = failure("not-connected", "another connection took the place of this one");
      this.#endCalls("not-connected", this.#refusal.message);
    } else if (event) {
      this.dispatchEvent(new CustomEvent(event, { detail }));
    } else if (height) {
      this.#height = height;
      this.#fit();
    } else if (!pong) {
      const call = this.#calls.get(id);
      this.#calls.delete(id);
      if (error) call?.reject(failure(error.code, error.message));
      else call?.resolve(value);
    }
  }

  #endCalls(code, message) {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const { reject } of calls) reject(failure(code, message));
  }

  #fit() {
    if (!this.#resizes || this.#height === 0) return;
    const { offsetHeight, clientHeight, style } = this.#iframe;
    const border = offsetHeight - clientHeight;
    const wanted = Math.min(Math.max(this.#height, LEAST_HEIGHT), innerHeight - border);
    style.height = `${wanted + (getComputedStyle(this.#iframe).boxSizing === "border-box" ? border : 0)}px`;
  }
}

/** Returns a copy as the page inside will get it. A value that can't be cloned is refused here, before it is queued. */
function copied(message) {
  try {
    return structuredClone(message);
  } catch (error) {
    throw failure("bad-arguments", error.message);
  }
}

function failure(code, message) {
  return Object.assign(new Error(message), { code });
}
