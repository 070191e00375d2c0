// What every peer's page has in common: the database, the summary and what counts as met. It is as little as the hand-written page of
// this benchmark does for the same; drawing the items, their verdicts and telling of changes is left to the libraries.

import "./common.css";

export const count = Number(new URLSearchParams(location.search).get("items"));
export const isRatio = (place) => place % 5 === 4;

const isMet = ({ choice, numerator, denominator }) =>
  choice === "Đạt" || (denominator > 0 && 10 * numerator >= 6 * denominator);

/** The percentage and the verdict of a ratio, '' while there is none. */
export const verdict = (numerator, denominator) =>
  denominator > 0 && numerator != null
    ? `${((100 * numerator) / denominator).toFixed(1).replace(".", ",")}% ${isMet({ numerator, denominator }) ? "Đạt" : "Chưa đạt"}`
    : "";

const summary = document.querySelector("#summary");
let database;
let met = 0;

/** The answers by the item's place: { choice, numerator, denominator, note }, each part of which may be missing. */
export const answers = [];

const showSummary = () => {
  summary.textContent = `${met}/${count}`;
};

/** Notes a part of an answer that has changed, shows the summary, and saves the item's answer. */
export function change(place, part, value) {
  const before = answers[place] ?? {};
  const after = { ...before, [part]: value };
  answers[place] = after;
  met += isMet(after) - isMet(before);
  showSummary();
  save(place, after);
}

/** Saves under a key; every answer is in the database when its transaction is complete. */
export function save(key, value) {
  database.transaction("answers", "readwrite", { durability: "strict" }).objectStore("answers").put(value, key);
}

/** Everything that is saved, by its key. */
export async function open() {
  database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("bench", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("answers");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return new Promise((resolve) => {
    const saved = new Map();
    const request = database.transaction("answers").objectStore("answers").openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return resolve(saved);
      saved.set(cursor.key, cursor.value);
      cursor.continue();
    };
  });
}

/** Reads the saved answers, and gives them once the summary counts them. */
export async function restore() {
  for (const [place, answer] of await open()) {
    answers[place] = answer;
    met += isMet(answer);
  }
  return answers;
}

/** The form's definition, which is fetched while the database opens. */
export const definition = (extension = "json") =>
  fetch(`form-${count}.${extension}`).then((answer) => (extension === "json" ? answer.json() : answer.text()));

/** Offers the page to whoever measures, once the form is asked for. */
export function offer(bench) {
  showSummary();
  window.bench = { summary: () => summary.textContent, ...bench };
}
