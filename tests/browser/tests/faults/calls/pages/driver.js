// Carries actions out, and looks at what is left of them.

import { ACTIONS } from "./actions.js";
import { Frame, pause } from "./page.js";
import { make, seed, seeded } from "./seed.js";
import { put, told } from "./stored.js";

/** With the names of inspections in the place of their ids. */
function named(value) {
  const text = JSON.stringify(value);
  return JSON.parse(Object.entries(seed.ids).reduce((text, [name, id]) => text.replaceAll(id, name), text));
}

let current = null;

/** Carries an action out with a strike; its page is still open then. */
async function act(name, strike) {
  await seeded();
  await put(seed.base);
  // This one fails from its very first call on.
  const isOpening = name === "open";
  const frame = await Frame.open(isOpening ? strike : undefined, name === "move" ? "/newer" : "/frame");
  current = frame;
  if (!frame.window) return { outcome: "died", saved: [], state: "", stopped: false, told: frame.told() };
  if (!isOpening) await frame.ready();
  const go = await ACTIONS[name](frame);
  if (!isOpening) {
    await frame.quiet();
    frame.node.storage.arm(strike);
  }
  frame.events.length = 0;
  const outcome = await Promise.race([go(), frame.gone(), pause(15_000).then(() => "unanswered")]);
  // What goes on failing is left at once; otherwise it may be tried again.
  if (!strike.stays && outcome !== "died") await frame.quiet();
  const saved = frame.events.filter(({ type }) => type === "tkt-saved").map(({ detail }) => detail);
  const state = outcome === "died" ? "" : frame.root.querySelector("[data-save-state]")?.dataset.saveState;
  return named({ outcome, saved, state: state ?? "", stopped: stopped(frame), told: frame.told() });
}

const stopped = (frame) => frame.events.some(({ detail }) => detail?.code === "program-stopped");

/** What is left of it, what a fresh start makes of that, and how that is shown and exported. */
async function look() {
  const left = await told();
  const frame = await (await Frame.open()).ready();
  await frame.quiet(60);
  const reports = {};
  for (const { id } of await frame.call("listInspections")) {
    const report = frame.call("openInspection", id).then(() => frame.call("exportReport"));
    reports[id] = await report.catch((error) => ({ error: error.code ?? String(error) }));
  }
  await frame.call("flush").catch(() => {});
  await frame.quiet(60);
  frame.close();
  await seeded();
  return named({ left, settled: await told(), reports });
}

window.driver = {
  make,
  act,
  look,
  /** Carries an action out, closes its page, and looks. */
  async run(name, strike) {
    const acted = await act(name, strike);
    if (acted.outcome !== "died") current.close();
    return { acted, seen: await look() };
  },
  /** What is there before any action. */
  async before() {
    await seeded();
    await put(seed.base);
    return look();
  },
  /** Begins an action whose page is going to be killed. */
  begin(name, strike) {
    act(name, strike).catch(() => {}).then(() => fetch("/ended", { method: "POST" }));
  },
};
