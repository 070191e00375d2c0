// ODK Web Forms as it comes, which asks for Vue. Everything is on one page, its only way at present.
//
// It hands out what is answered when somebody sends the form, and until then tells nothing of changes; its documentation says nothing of
// saving in between. So the page listens to the fields themselves, and saves by item. What is saved comes back as an instance to edit.

import { OdkWebForm, webFormsPlugin } from "@getodk/web-forms";
import { createApp, h } from "vue";
import { answers, change, count, definition, isRatio, offer, restore } from "../common.js";
import { choices } from "../questions.mjs";

const [formXml] = await Promise.all([definition("xml"), restore()]);

/** The record that it goes on with: the form's instance with the answers that are saved. */
function record() {
  const instance = new DOMParser().parseFromString(formXml, "text/xml").querySelector("data");
  const nodes = new Map(Array.from(instance.querySelectorAll("data > * > *"), (node) => [node.localName, node]));
  nodes.get("instanceID").textContent = `uuid:${crypto.randomUUID()}`;
  answers.forEach((answer, place) => {
    for (const [part, value] of Object.entries(answer)) {
      nodes.get(`${part}${place}`).textContent = part === "choice" ? choices.indexOf(value) : value ?? "";
    }
  });
  return new XMLSerializer().serializeToString(instance);
}

const missing = () => Promise.reject(new Error("There are no attachments."));
const editInstance = { resolveInstance: record, attachmentFileNames: [], resolveAttachment: missing };
createApp({
  render: () => h(OdkWebForm, { formXml, fetchFormAttachment: missing, editInstance: answers.length ? editInstance : undefined }),
}).use(webFormsPlugin).mount("#form");

// Questions have no names in the page, only an order: that of the form, five items at a time of which the last one is a ratio.
const parts = { choice: 0, numerator: 0, denominator: 1, verdict: 2 };
const perFive = 4 * 2 + 4;
const whole = (count / 5) * perFive;
let questions = [];
const places = new Map();
function question(part, place) {
  if (questions.length < whole) {
    questions = document.querySelectorAll(".question-container");
    if (questions.length < whole) return undefined;
    for (let at = 0; at < count; at++) {
      for (const part of isRatio(at) ? ["numerator", "denominator", "note"] : ["choice", "note"]) {
        places.set(question(part, at), [at, part]);
      }
    }
  }
  const offset = part === "note" ? (isRatio(place) ? 3 : 1) : parts[part];
  return questions[Math.floor(place / 5) * perFive + (place % 5) * 2 + offset];
}

function changed({ target }) {
  const [place, part] = places.get(target.closest(".question-container")) ?? [];
  if (part === "choice") change(place, part, choices[target.value]);
  else if (part === "note") change(place, part, target.value);
  else if (part) {
    const value = target.value === "" ? undefined : Number(target.value);
    if (value !== answers[place]?.[part]) change(place, part, value);
  }
}
// Its fields of numbers write what is typed themselves, without an event of input, as soon as a key is pressed.
for (const event of ["input", "keydown", "keypress", "focusout"]) {
  document.querySelector("#form").addEventListener(event, (given) => {
    if (event === "input" || given.target.role === "spinbutton") changed(given);
  });
}

const field = (part, place, element) => question(part, place)?.querySelector(element) ?? null;
offer({
  radio: (place, choice) => question("choice", place)?.querySelectorAll("input[type=radio]")[choice] ?? null,
  note: (place) => field("note", place, "textarea"),
  numerator: (place) => field("numerator", place, "input"),
  denominator: (place) => field("denominator", place, "input"),
  verdict: (place) => question("verdict", place)?.textContent.trim() ?? "",
});
