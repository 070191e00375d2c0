// The floor of the comparison: what a good web developer writes by hand for this one form, and no more.

const count = new URLSearchParams(location.search).get("items");
const checklist = await (await fetch(`../checklist-${count}.json`)).json();

/** Every answer is in the database when its transaction is complete. */
const database = await new Promise((resolve, reject) => {
  const request = indexedDB.open("bench", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("answers");
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const store = (mode) => database.transaction("answers", mode, { durability: "strict" }).objectStore("answers");
const save = (id, answer) => store("readwrite").put(answer, id);
const stored = await new Promise((resolve) => {
  const answers = new Map();
  const request = store("readonly").openCursor();
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor) return resolve(answers);
    answers.set(cursor.key, cursor.value);
    cursor.continue();
  };
});

const articles = [];
const answers = [];
const summary = document.querySelector(".summary");
let met = 0;

const isMet = ({ choice, numerator, denominator }) =>
  choice === "met" || (denominator > 0 && 10 * numerator >= 6 * denominator);
const showSummary = () => {
  summary.textContent = `${met}/${checklist.items.length}`;
};

function edit(place, change) {
  const answer = answers[place];
  const before = isMet(answer);
  Object.assign(answer, change);
  met += isMet(answer) - before;
  save(checklist.items[place].id, answer);
  showSummary();
  showVerdict(place);
}

function showVerdict(place) {
  const output = articles[place].querySelector("output");
  if (!output) return;
  const { numerator, denominator } = answers[place];
  output.textContent = denominator > 0
    ? `${((100 * numerator) / denominator).toFixed(1).replace(".", ",")}% ${isMet(answers[place]) ? "Đạt" : "Chưa đạt"}`
    : "";
}

const templates = { attestation: document.querySelector("#choices"), ratio: document.querySelector("#ratio") };
const main = document.querySelector("main");
for (const area of checklist.areas) {
  const section = document.createElement("section");
  const heading = document.createElement("h2");
  heading.textContent = area.title.vi;
  section.append(heading);
  for (const [place, item] of checklist.items.entries()) {
    if (item.area !== area.id) continue;
    const article = templates[item.kind].content.firstElementChild.cloneNode(true);
    article.dataset.place = place;
    article.querySelector("h3").textContent = `${place + 1}. ${item.text.vi}`;
    const answer = stored.get(item.id) ?? { note: "" };
    articles[place] = article;
    answers[place] = answer;
    met += isMet(answer);
    for (const input of article.querySelectorAll("input, textarea")) {
      if (input.type === "radio") {
        input.name = item.id;
        input.checked = input.value === answer.choice;
      } else if (input.dataset.part) {
        input.value = answer[input.dataset.part] ?? "";
      } else {
        input.value = answer.note;
      }
    }
    showVerdict(place);
    section.append(article);
  }
  main.append(section);
}
showSummary();

main.addEventListener("input", ({ target }) => {
  const place = Number(target.closest(".item").dataset.place);
  if (target.type === "radio") edit(place, { choice: target.value });
  else if (target.dataset.part) edit(place, { [target.dataset.part]: Number(target.value) });
  else edit(place, { note: target.value });
});

window.bench = {
  radio: (place, choice) => articles[place]?.querySelectorAll("input[type=radio]")[choice] ?? null,
  note: (place) => articles[place]?.querySelector("textarea") ?? null,
  numerator: (place) => articles[place]?.querySelector("[data-part=numerator]") ?? null,
  denominator: (place) => articles[place]?.querySelector("[data-part=denominator]") ?? null,
  summary: () => summary.textContent,
  verdict: (place) => articles[place]?.querySelector("output")?.textContent ?? "",
};
