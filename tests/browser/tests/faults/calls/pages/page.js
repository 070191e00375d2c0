// One page of the element after the other, each in a frame that comes and goes: with it go its program, its timers and its
// connections.

export const pause = (time) => new Promise((done) => setTimeout(done, time));

export async function until(what, condition, patience = 10_000) {
  for (const start = performance.now(); performance.now() - start < patience; await pause(5)) {
    const value = await condition();
    if (value) return value;
  }
  throw new Error(`waited for ${what}`);
}

/** One page of the element, in a frame. */
export class Frame {
  static async open(storage, path = "/frame") {
    const frame = new Frame();
    frame.events = [];
    frame.node = document.createElement("iframe");
    frame.node.src = storage ? `${path}?storage=${encodeURIComponent(JSON.stringify(storage))}` : path;
    Object.assign(frame.node, { width: 780, height: 1000 });
    const loaded = new Promise((done) => frame.node.addEventListener("load", done));
    document.body.append(frame.node);
    await Promise.race([loaded, frame.gone()]);
    frame.window = frame.node.contentWindow;
    if (!frame.window) return frame;
    frame.element = frame.window.document.querySelector("tu-kiem-tra");
    const hear = ({ type, detail }) => frame.events.push({ type, detail: JSON.parse(JSON.stringify(detail ?? null)) });
    for (const type of ["tkt-saved", "tkt-upload", "tkt-error"]) frame.element.addEventListener(type, hear);
    return frame;
  }
  async ready() {
    await this.call("listInspections");
    return this;
  }
  get root() {
    return this.element.shadowRoot;
  }
  async call(name, ...given) {
    await until("the element", () => this.element[name]);
    // What a page that died was about to say reaches nobody.
    const alive = (then) => (value) => (this.node.isConnected ? then(value) : new Promise(() => {}));
    return this.element[name](...given).then(alive((value) => value), alive((error) => Promise.reject(error)));
  }
  /** What a selector finds once it is in sight. */
  seen(selector) {
    return until(selector, () => {
      const found = this.root.querySelector(selector);
      return found?.checkVisibility() && !found.disabled && found;
    });
  }
  async press(selector) {
    (await this.seen(selector)).click();
  }
  async type(selector, text) {
    const field = await this.seen(selector);
    field.value = text;
    field.dispatchEvent(new this.window.Event("input", { bubbles: true }));
  }
  async choose(selector, name, type, content) {
    const field = await until(selector, () => this.root.querySelector(selector));
    const files = new this.window.DataTransfer();
    files.items.add(new this.window.File([content], name, { type }));
    field.files = files.files;
    field.dispatchEvent(new this.window.Event("change", { bubbles: true }));
  }
  /** What the layer under its storage tells. */
  told() {
    const told = this.node.storage.told();
    return this.node.isConnected ? told : { ...told, quiet: Infinity };
  }
  gone() {
    return until("the end", () => !this.node.isConnected, Infinity).then(() => "died");
  }
  /** Nothing has been asked of the storage for a while. */
  quiet(time = 120, patience = 2_000) {
    return until("quiet", () => this.told().quiet > time, patience).catch(() => {});
  }
  close() {
    this.node.remove();
  }
}
