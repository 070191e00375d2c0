// Runs in every page of the comparison before its own scripts, and measures there what no driver's delay may be part of.
"use strict";

const items = Number(new URLSearchParams(location.search).get("items"));
const longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration }))))
  .observe({ type: "longtask" });

const memories = new Set();
for (const name of ["instantiate", "instantiateStreaming"]) {
  const own = WebAssembly[name];
  WebAssembly[name] = async (...given) => {
    const made = await own.apply(WebAssembly, given);
    const memory = (made.instance ?? made).exports.memory;
    if (memory) memories.add(memory);
    return made;
  };
}

const frame = () => new Promise(requestAnimationFrame);

/** After the next frame was drawn. */
const drawn = async () => {
  await frame();
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  port1.close();
};

async function until(condition) {
  while (!condition()) await frame();
}

/** At once: some style sheets have pages scroll so slowly that what is to be pressed has gone elsewhere by then. */
const show = (target) => target.scrollIntoView({ block: "center", behavior: "instant" });

const times = [];

globalThis.race = {
  /** Milliseconds from the start of the navigation until the last item is there and the first one answers. */
  started: (async () => {
    await until(() => globalThis.bench?.note(items - 1) && bench.radio(0, 0));
    const before = bench.summary();
    // What is answered already is answered otherwise.
    bench.radio(0, before.startsWith("0/") || before === "" ? 0 : 2).click();
    await until(() => bench.summary() !== before && bench.summary() !== "");
    await drawn();
    return performance.now();
  })(),

  /** Has the times of keys measured, each from the event to the frame that shows it. */
  listen() {
    times.length = 0;
    longTasks.length = 0;
    if (race.listens) return;
    race.listens = true;
    addEventListener("keydown", async ({ timeStamp }) => {
      await drawn();
      times.push(performance.now() - timeStamp);
    }, true);
    // A press is done once the button is let go of; what happens until then may change the summary already.
    let before;
    addEventListener("pointerdown", () => {
      before = bench.summary();
    }, true);
    addEventListener("pointerup", async ({ timeStamp }) => {
      await until(() => bench.summary() !== before);
      await drawn();
      times.push(performance.now() - timeStamp);
    }, true);
  },

  times: () => times,
  longest: () => Math.max(0, ...longTasks.map(({ duration }) => duration)),

  /** Puts a field into sight and gives it the focus. */
  focus(field) {
    show(field);
    field.focus({ preventScroll: true });
  },

  /** The middle of what is to be pressed, once it is in sight, stands still, and a press there is for it. */
  async point(find) {
    let before;
    for (let frames = 0; frames < 300; frames++) {
      const target = find();
      show(target);
      await drawn();
      const { x, y, width, height } = target.getBoundingClientRect();
      const middle = [x + width / 2, y + height / 2];
      const above = target.getRootNode().elementFromPoint?.(...middle);
      const label = above?.closest("label");
      const takes = target.contains(above) || (label && (label.control === target || label.contains(target)));
      if (takes && String(middle) === before) return middle;
      before = String(middle);
    }
    throw new Error(`nobody can press ${find().outerHTML.slice(0, 200)}`);
  },

  /** Bytes of WebAssembly memories, which the figures of JavaScript leave out. */
  webAssembly: () => [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
};
