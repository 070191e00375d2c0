// Storage that fails at the k-th call: a layer under IndexedDB and localStorage, in front of all other scripts of a page.
// Nothing fails, and nothing is counted, until `__storage.arm`.
(() => {
  if (window.__storage) return;

  /** What is longer than this, in milliseconds, waits for something that may never come. */
  const LONG = 5_000;

  /** How long such a wait takes once something hangs, in milliseconds. */
  const HASTE = 60;

  /** How long a second is then. */
  const SECOND = 4;

  /** How many times faster the page's other timers are. */
  const FASTER = 20;

  const state = {
    armed: false, at: 0, fault: "", stays: false, calls: 0, failed: 0, struck: "", dead: false, busy: 0,
  };
  /** Everything of the page that hangs. */
  const hanging = new Set();

  // Timers: those that wait for what never comes end soon, but only while something hangs.

  const { setTimeout: wait, clearTimeout: forget } = window;
  const waits = new Map();
  let numbers = 0;

  function end(number) {
    const { act, more } = waits.get(number);
    waits.delete(number);
    act(...more);
  }
  function hasten() {
    for (const [number, one] of waits) one.timer ??= wait(end, HASTE, number);
  }
  window.setTimeout = (act, time = 0, ...more) => {
    if (typeof act !== "function") return wait(act, time, ...more);
    // Some count seconds in which nothing is answered.
    if (time < LONG) return wait(act, hanging.size > 0 && time >= 1_000 ? SECOND : time / FASTER, ...more);
    // Below all numbers that the browser gives.
    const number = --numbers;
    waits.set(number, { act, more, timer: undefined });
    if (hanging.size > 0) hasten();
    return number;
  };
  window.clearTimeout = (number) => {
    if (!waits.has(number)) return forget(number);
    forget(waits.get(number).timer);
    waits.delete(number);
  };

  function hang(thing) {
    hanging.add(thing);
    hasten();
  }

  // Counting.

  const ENTRIES = ["getItem", "setItem", "removeItem", "key", "length"];
  const isEntry = (name) => ENTRIES.includes(name);

  /** Counts a call; gives the fault that it has, if any. */
  function fault(name) {
    if (state.dead) return "dead";
    state.busy = performance.now();
    if (!state.armed) return "";
    state.calls += 1;
    const { at, calls, stays, struck } = state;
    if (at === 0 || calls < at || (calls > at && !(stays && isEntry(name) === isEntry(struck)))) return "";
    // It answers at once.
    if (state.fault === "hang" && isEntry(name)) return "";
    if (calls === at) state.struck = name;
    state.failed += 1;
    if (state.fault === "kill") {
      // Answered when the process of this page is gone.
      const request = new XMLHttpRequest();
      request.open("POST", "/kill", false);
      request.send(name);
      return "";
    }
    if (state.fault === "death") {
      die();
      return "dead";
    }
    return state.fault;
  }

  /** From now on nothing reaches the storage, and what was under way is taken back. A page in a frame goes with it. */
  function die() {
    state.dead = true;
    for (const [transaction, watched] of transactions) {
      watched.silent = true;
      try {
        native.abort.call(transaction);
      } catch {
        // It is over.
      }
    }
    window.frameElement?.remove();
  }

  const WRITES = ["put", "add", "setItem"];

  function exception(name, kind = "UnknownError") {
    const isFull = kind === "UnknownError" && WRITES.includes(name);
    return new DOMException(`by the test, at ${name}`, isFull ? "QuotaExceededError" : kind);
  }

  /** That there is no room, where something is written. */
  function full(name, { mode }) {
    return exception(name, mode === "readonly" ? "UnknownError" : "QuotaExceededError");
  }

  // Requests and transactions.

  const native = {
    open: IDBFactory.prototype.open,
    transaction: IDBDatabase.prototype.transaction,
    objectStore: IDBTransaction.prototype.objectStore,
    abort: IDBTransaction.prototype.abort,
    commit: IDBTransaction.prototype.commit,
    get: IDBObjectStore.prototype.get,
  };
  /** Those that the page started and that are not over. */
  const transactions = new Map();

  /** A request that nobody answers, until `failRequest`. */
  function unanswered() {
    const blank = { result: undefined, error: null, readyState: "pending", source: null, transaction: null };
    return Object.assign(new EventTarget(), blank);
  }
  function failRequest(request, error) {
    request.error = error;
    request.readyState = "done";
    const event = new Event("error", { bubbles: true, cancelable: true });
    request.dispatchEvent(event);
    request.onerror?.(event);
  }

  function abort(transaction, error) {
    Object.defineProperty(transaction, "error", { value: error, configurable: true });
    native.abort.call(transaction);
  }

  /**
   * Follows a transaction to its end. A request of this layer's own is always under way in it, so that its commit is a
   * moment of which the layer knows: no request of the page is open and none came of the last answer.
   */
  function watch(transaction) {
    const watched = { open: 0, ends: null, failing: null, hangs: false, silent: false, unanswered: [] };
    transactions.set(transaction, watched);
    const over = (event) => {
      if (watched.silent) event.stopImmediatePropagation();
      transactions.delete(transaction);
      hanging.delete(transaction);
      state.busy = performance.now();
      for (const request of watched.unanswered.splice(0)) {
        if (!watched.silent) failRequest(request, new DOMException("by the test", "AbortError"));
      }
    };
    transaction.addEventListener("complete", over);
    transaction.addEventListener("abort", over);

    const ask = () => {
      const store = native.objectStore.call(transaction, transaction.objectStoreNames[0]);
      const request = native.get.call(store, "");
      request.addEventListener("success", answered);
      request.addEventListener("error", (event) => {
        event.stopPropagation();
        event.preventDefault();
      });
    };
    const answered = () => {
      if (watched.failing) {
        const [request, error] = watched.failing;
        failRequest(request, error);
        abort(transaction, error);
      } else if (watched.hangs || watched.open > 0) {
        ask();
      } else if (watched.ends) {
        abort(transaction, watched.ends);
      } else {
        switch (fault("commit")) {
          case "hang":
            watched.hangs = true;
            hang(transaction);
            ask();
            break;
          case "quota":
            abort(transaction, full("commit", transaction));
            break;
          case "throw":
          case "abort":
            abort(transaction, exception("commit"));
        }
      }
    };
    ask();
    return watched;
  }

  IDBFactory.prototype.open = function (...args) {
    const kind = fault("open");
    const request = unanswered();
    switch (kind) {
      case "":
        return native.open.apply(this, args);
      case "throw":
        throw exception("open");
      case "hang":
        hang(request);
        wait(() => hanging.delete(request), 2 * HASTE);
        break;
      case "abort":
      case "quota":
        wait(failRequest, 0, request, exception("open", kind === "quota" ? "QuotaExceededError" : undefined));
    }
    return request;
  };

  IDBDatabase.prototype.transaction = function (...args) {
    const kind = fault("transaction");
    // As of a connection that the system took away.
    if (kind === "throw") throw exception("transaction", "InvalidStateError");
    const transaction = native.transaction.apply(this, args);
    const watched = watch(transaction);
    if (kind === "abort") watched.ends = exception("transaction");
    if (kind === "quota") watched.ends = full("transaction", transaction);
    if (kind === "hang") {
      watched.hangs = true;
      hang(transaction);
    }
    if (kind === "dead") watched.silent = true;
    return transaction;
  };

  IDBTransaction.prototype.commit = function () {
    const watched = transactions.get(this);
    const kind = watched ? fault("commit") : "";
    if (kind === "throw") throw exception("commit");
    if (kind === "hang") {
      watched.hangs = true;
      hang(this);
    } else if (kind === "") native.commit.call(this);
    else abort(this, kind === "quota" ? full("commit", this) : exception("commit"));
  };

  for (const name of ["put", "add", "get", "getAll", "getAllKeys", "delete", "clear", "openCursor"]) {
    const ask = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...args) {
      const watched = transactions.get(this.transaction);
      // Of an upgrade, which is part of opening.
      if (!watched) return ask.apply(this, args);
      const kind = fault(name);
      if (kind === "throw") throw exception(name);
      if (kind === "quota") watched.ends ??= full(name, this.transaction);
      if (["hang", "abort", "dead"].includes(kind) || watched.hangs || watched.silent) {
        const request = unanswered();
        watched.open += 1;
        watched.unanswered.push(request);
        if (kind === "hang") hang(this.transaction);
        if (kind === "abort") watched.failing ??= [request, exception(name, "UnknownError")];
        return request;
      }
      const request = ask.apply(this, args);
      watched.open += 1;
      const answered = (event) => {
        watched.open -= 1;
        state.busy = performance.now();
        if (watched.silent) event.stopImmediatePropagation();
      };
      // Before any listener of the page: what comes of the answer is counted again.
      request.addEventListener("success", answered);
      request.addEventListener("error", answered);
      return request;
    };
  }
  for (const name of ["continue", "advance"]) {
    const go = IDBCursor.prototype[name];
    IDBCursor.prototype[name] = function (...args) {
      const watched = transactions.get(this.request.transaction);
      if (watched) watched.open += 1;
      return go.apply(this, args);
    };
  }

  // localStorage, which answers at once or throws.

  function checkEntry(storage, name) {
    if (storage !== window.localStorage) return true;
    const kind = fault(name);
    if (kind === "dead") return false;
    if (kind !== "") throw exception(name, WRITES.includes(name) ? undefined : "SecurityError");
    return true;
  }
  for (const name of ["getItem", "setItem", "removeItem", "key"]) {
    const act = Storage.prototype[name];
    Storage.prototype[name] = function (...args) {
      return checkEntry(this, name) ? act.apply(this, args) : null;
    };
  }
  const { get: length } = Object.getOwnPropertyDescriptor(Storage.prototype, "length");
  Object.defineProperty(Storage.prototype, "length", {
    configurable: true,
    enumerable: true,
    get() {
      return checkEntry(this, "length") ? length.call(this) : 0;
    },
  });

  window.__storage = {
    /**
     * Counts calls from now on. The one with the number `at`, counted from 1, has the `fault`: throw, abort, quota, hang, death or
     * kill; if it `stays`, all later ones of the same storage have it too.
     */
    arm({ at = 0, fault = "", stays = false }) {
      Object.assign(state, { armed: true, at, fault, stays, calls: 0, failed: 0, struck: "", busy: performance.now() });
    },
    /** What was counted, and how long ago the last call or answer was, in milliseconds. */
    told() {
      const { calls, failed, struck, dead, busy } = state;
      const quiet = transactions.size > 0 && !dead ? 0 : performance.now() - busy;
      return { calls, failed, struck, dead, quiet };
    },
  };

  // For who looks at a frame that may go.
  if (window.frameElement) window.frameElement.storage = window.__storage;

  // From the first call of the page on, where its address asks for that.
  const asked = new URLSearchParams(location.search).get("storage");
  if (asked) window.__storage.arm(JSON.parse(asked));
})();
