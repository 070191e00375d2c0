// The actions. Each goes as far as it can before storage begins to fail, and gives what is then done.

import { pause, until } from "./page.js";
import { UNIT, seed } from "./seed.js";

const opened = async (frame) => frame.call("openInspection", seed.ids.own);
const method = (name, ...given) => async (frame) => () => frame.call(name, ...given).then(() => "done", (error) => error.code || String(error));
/** A click, and what comes of it: a notice that says that it is done or failed, or that it is saved. */
async function shown(frame, click, isDone = () => false) {
  click();
  await until("an outcome", () => isDone() || notice(frame, "error") || frame.told().quiet > 300, 4_000).catch(() => {});
  if (!frame.node.isConnected) return "died";
  const failure = notice(frame, "error");
  if (failure) return failure;
  return isDone() ? "done" : "nothing";
}
const notice = (frame, kind) => frame.root.querySelector(`[data-notice=${kind}]`)?.textContent;
const isSaved = (frame) => frame.root.querySelector("[data-save-state]")?.dataset.saveState === "saved";
const pressed = (selector) => async (frame) => {
  await opened(frame);
  const button = await frame.seen(selector);
  return () => shown(frame, () => button.click(), () => frame.told().quiet > 60 && isSaved(frame));
};

export const ACTIONS = {
  "open": async (frame) => () => opened(frame).then(() => "done", (error) => error.code),
  "start-built-in": method("startInspection", { checklist: "sa-dec-2023", unit: UNIT, period: "2023" }),
  "start-own": method("startInspection", { checklist: "/other.json", unit: UNIT, period: "2022" }),
  "answer": async (frame) => {
    await opened(frame);
    return () => frame.call("setAnswer", "hours", { quantity: "6" }).then(() => "done", (error) => error.code);
  },
  "clear": pressed("[data-item=overdue] [data-action=clear-answer]"),
  "empty": pressed("[data-item=posted] [data-action=clear-rows]"),
  "detach": pressed("[data-item=proposals] [data-action=remove-evidence]"),
  "complete": async (frame) => {
    await opened(frame);
    await frame.press("[data-action=complete]");
    await frame.type("[data-field=complete-reason]", "Chưa đủ");
    const go = await frame.seen("[data-action=complete-anyway]");
    return () => shown(frame, () => go.click(), () => frame.told().quiet > 60 && isSaved(frame));
  },
  "move": async (frame) => {
    // The start form asks for it; it is known once that has it.
    await until("the newer checklist", () => frame.window.performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/newer.json")));
    await frame.seen("[data-field=unit-name]");
    await pause(50);
    await opened(frame);
    await frame.press("[data-action=newer-version]");
    const go = await frame.seen("[data-action=move]");
    return () => shown(frame, () => go.click(), () => notice(frame, "done") && isSaved(frame));
  },
  "import-reject": async (frame) => method("importReport", seed.foreign, { onConflict: "reject" })(frame),
  "import-replace": async (frame) => method("importReport", seed.older, { onConflict: "replace" })(frame),
  "import-keep-both": async (frame) => method("importReport", seed.older, { onConflict: "keep-both" })(frame),
  "restore": async (frame) => {
    await frame.choose("[data-field=restore-file]", "sao-luu.json", "application/json", seed.backup);
    const go = await frame.seen("[data-action=restore-go]");
    return () => shown(frame, () => go.click(), () => notice(frame, "done"));
  },
  "purge": async (frame) => {
    const deleted = `[data-deleted="${seed.ids.deleted}"]`;
    (await until(deleted, () => frame.root.querySelector(deleted))).closest("details").open = true;
    await frame.press(`${deleted} [data-action=purge]`);
    const go = await frame.seen("[data-action=purge-go]");
    return () => shown(frame, () => go.click(), () => !frame.root.querySelector(deleted) && frame.told().quiet > 60);
  },
  "erase": async (frame) => {
    await frame.press("[data-action=erase]");
    await frame.type("[data-field=erase-word]", "xóa hết");
    const go = await frame.seen("[data-action=erase-go]");
    return () => shown(frame, () => go.click(), () => notice(frame, "done"));
  },
  "send": async (frame) => {
    await opened(frame);
    await frame.press("[data-action=result]");
    const go = await frame.seen("[data-action=upload]");
    const state = () => frame.root.querySelector("[data-upload-state]")?.dataset.uploadState;
    return () => shown(frame, () => go.click(), () => state() === "uploaded" && isSaved(frame));
  },
};
