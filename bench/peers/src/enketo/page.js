// Enketo Core with its formhub theme and all its widgets, as it comes. Everything is on one page: its other way, pages, is the form's
// author's to choose, and its documentation does not recommend it for speed. It tells which field's value has changed, so each answer is
// saved by item. What is saved comes back as an instance to edit.
//
// By itself it notices a change of a text field when the field is left, not at every key. So that the verdict is live and every answer is
// saved at once, as in the other pages, the page has each key be such a change (as Enketo's own widgets do); ?blur leaves it as it is.

import { Form } from "enketo-core";
import events from "enketo-core/src/js/event";
import "../../build/enketo.css";
import { answers, change, count, definition, offer, restore } from "../common.js";
import { choices } from "../questions.mjs";

const [{ form: html, model: modelStr }] = await Promise.all([definition(), restore()]);
document.querySelector("#form").append(document.createRange().createContextualFragment(html));
const view = document.querySelector("form.or");

const name = (part, place) => `/data/s${Math.floor((place * 10) / count)}/${part}${place}`;

/** The record that Enketo goes on with: the model's instance with the answers that are saved. */
function record() {
  const instance = new DOMParser().parseFromString(modelStr, "text/xml").querySelector("data");
  const nodes = new Map(Array.from(instance.querySelectorAll("data > * > *"), (node) => [node.localName, node]));
  answers.forEach((answer, place) => {
    for (const [part, value] of Object.entries(answer)) {
      nodes.get(`${part}${place}`).textContent = part === "choice" ? choices.indexOf(value) : value ?? "";
    }
  });
  return new XMLSerializer().serializeToString(instance);
}

const form = new Form(view, { modelStr, instanceStr: answers.length ? record() : null, submitted: false, external: [], session: {} }, {});

view.addEventListener(events.XFormsValueChanged().type, ({ target }) => {
  const found = /\/([a-z]+)(\d+)$/.exec(target.dataset.name ?? target.name);
  if (!found) return;
  const [, part, place] = found;
  if (part === "choice") change(Number(place), part, choices[target.value]);
  else if (part === "note") change(Number(place), part, target.value);
  else if (part !== "verdict") change(Number(place), part, target.value === "" ? undefined : Number(target.value));
});

if (!new URLSearchParams(location.search).has("blur")) {
  view.addEventListener("input", ({ target }) => {
    if (target.type !== "radio") target.dispatchEvent(events.Change());
  });
}

const errors = form.init();
if (errors.length) throw new Error(errors.join("\n"));

const field = (part, place) => view.querySelector(`[name="${name(part, place)}"]`);
offer({
  radio: (place, choice) => view.querySelectorAll(`[data-name="${name("choice", place)}"]`)[choice] ?? null,
  note: (place) => field("note", place),
  numerator: (place) => field("numerator", place),
  denominator: (place) => field("denominator", place),
  verdict: (place) => view.querySelector(`[data-value="${name("verdict", place)}"]`)?.textContent.trim() ?? "",
});
