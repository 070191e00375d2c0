// What a page of the soak does: it fills the device, and works.

const element = () => document.querySelector("tu-kiem-tra");
const root = () => element().shadowRoot;
const pause = (time) => new Promise((done) => setTimeout(done, time));
async function until(condition) {
  for (;;) {
    const value = condition();
    if (value) return value;
    await pause(5);
  }
}

/** Puts a photo to an item, as a person does. */
async function attach(item, colour) {
  const canvas = new OffscreenCanvas(80, 60);
  const context = canvas.getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 80, 60);
  const found = (name) => root().querySelector(`[data-item=${item}] ${name}`);
  (await until(() => found("[data-action=attach]"))).click();
  const files = new DataTransfer();
  files.items.add(new File([await canvas.convertToBlob()], `${colour}.png`, { type: "image/png" }));
  const field = await until(() => found("[data-field=evidence]"));
  field.files = files.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await until(() => found(".evidence-piece"));
}

/** Makes an inspection with answers and two photos, and keeps the report of it with its files. */
async function makeOne() {
  await element().startInspection({ checklist: "/small.json", unit: { name: "UBND xã Tân Phú" }, period: "2026-Q2" });
  await element().setAnswer("attested", { verdict: "met" });
  await element().setAnswer("share", { numerator: 95, denominator: 100 });
  await element().setAnswer("report", { notYet: true });
  await attach("proposals", "green");
  await attach("attested", "navy");
  await element().flush();
}

/** Puts copies of that one beside it, each under an id of its own. */
async function copy(times) {
  const result = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const [{ id }] = await element().listInspections();
  const database = await result(indexedDB.open("tkt:default"));
  const names = ["overviews", "items", "attachments", "thumbnails"];
  const transaction = database.transaction(names, "readwrite");
  for (const name of names) {
    const store = transaction.objectStore(name);
    const range = IDBKeyRange.bound(`${id}/`, `${id}0`);
    const [keys, values] = await Promise.all([result(store.getAllKeys(range)), result(store.getAll(range))]);
    for (let number = 0; number < times; number += 1) {
      const other = ids[number] ??= crypto.randomUUID();
      const copied = (value) => (typeof value === "string" ? value.replaceAll(id, other) : value);
      keys.forEach((key, index) => store.put(copied(values[index]), copied(key)));
    }
  }
  await new Promise((done) => (transaction.oncomplete = done));
  database.close();
}
const ids = [];

/** The item of each tab, and its answer of a number. */
const ANSWERS = [
  ["overdue", (serial) => ({ count: serial })],
  ["hours", (serial) => ({ quantity: String(serial) })],
  ["proposals", (serial) => ({ text: `Đề nghị số ${serial}` })],
];

/** Answers an item of an inspection again and again with a number that grows, and tells which of them are saved. */
async function work({ tab, inspection, serial }) {
  const [item, answer] = ANSWERS[tab];
  await element().openInspection(inspection);
  window.works = true;
  while (window.works) {
    serial += 1;
    await element().setAnswer(item, answer(serial)).catch(() => {});
    window.serial = serial;
    const isSaved = await element().flush().then(() => true, () => false);
    if (isSaved) navigator.sendBeacon("/acknowledged", JSON.stringify({ inspection, item, serial }));
    await pause(isSaved ? 0 : 50);
  }
  return serial;
}

/** How long the tasks of a start take that can be told, and how many inspections the list has in the end. */
async function longTasks(count) {
  const tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "longtask", buffered: true });
  await until(() => root()?.querySelectorAll("[data-inspection]").length >= count);
  // What is done after that: looking at other workspaces, sweeping.
  await pause(2_000);
  return tasks;
}

window.soak = { makeOne, copy, work, longTasks };
