// What every action begins with. It lies in a database of its own, for a page that takes the place of a killed one, too.

import { Frame, until } from "./page.js";
import { dump, over, result } from "./stored.js";

export const UNIT = { name: "UBND phường 1" };
const SEEDS = "seeds";

async function own() {
  const request = indexedDB.open(SEEDS, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("all");
  return result(request);
}
async function keep(value) {
  const database = await own();
  const transaction = database.transaction("all", "readwrite");
  transaction.objectStore("all").put(value, "seed");
  await over(transaction);
  database.close();
}
/** What every action begins with, and the files that some take in. */
export let seed;

export async function seeded() {
  if (seed) return;
  const database = await own();
  seed = await result(database.transaction("all").objectStore("all").get("seed"));
  database.close();
}

/**
 * Makes what every action begins with: an inspection `own` with answers, a roster and a photo, and one that is `deleted`; a
 * report of `own` that is older, one of an inspection that is not here, and a backup with newer, same and further inspections.
 */
export async function make() {
  const frame = await (await Frame.open()).ready();
  const start = (checklist, period) => frame.call("startInspection", { checklist, unit: UNIT, period });
  const answer = (item, answer) => frame.call("setAnswer", item, answer);
  const settled = async () => {
    await frame.call("flush");
    await frame.quiet();
  };
  const attach = async (item, colour) => {
    const canvas = new OffscreenCanvas(40, 30);
    const context = canvas.getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 40, 30);
    const at = `[data-item=${item}]`;
    await frame.press(`${at} [data-action=attach]`);
    await frame.choose(`${at} [data-field=evidence]`, `${colour}.png`, "image/png", await canvas.convertToBlob());
    await until("the photo", () => frame.root.querySelector(`${at} .evidence-piece`));
  };

  const ids = { own: await start("/small.json", "2026") };
  await answer("overdue", { count: 3 });
  const older = await frame.call("exportReport");
  await answer("overdue", { count: 5 });
  await answer("hours", { quantity: "4.5" });
  await answer("attested", { verdict: "not-met", reason: "Thiếu máy quét" });
  await answer("posted", { rows: [{ name: "Khai sinh", desk: true }, { name: "Kết hôn" }] });
  await attach("proposals", "red");
  ids.deleted = await start("/small.json", "2025");
  await answer("overdue", { count: 1 });
  await settled();
  await frame.press("[data-action=home]");
  await frame.press(`[data-inspection="${ids.deleted}"] [data-action=delete]`);
  await until("it to be deleted", () => frame.root.querySelector(`[data-deleted="${ids.deleted}"]`));
  await settled();
  const base = await dump();

  ids.foreign = await start("/other.json", "2024");
  await answer("attested", { verdict: "met" });
  await answer("hours", { quantity: "5" });
  const foreign = await frame.call("exportReport");
  await attach("attested", "blue");
  ids.further = await start("/small.json", "2023");
  await answer("overdue", { count: 7 });
  await frame.call("openInspection", ids.own);
  await answer("overdue", { count: 9 });
  await settled();
  const saved = new Promise((done) => {
    frame.window.URL.createObjectURL = (blob) => {
      done(blob.text());
      return "#";
    };
  });
  await frame.press("[data-action=home]");
  await frame.press("[aria-labelledby=device-title] [data-action=back-up-all]");
  const backup = await saved;
  await frame.quiet();
  frame.close();
  seed = { base, ids, older, foreign, backup };
  await keep(seed);
  return ids;
}
