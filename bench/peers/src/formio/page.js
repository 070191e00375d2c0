// Form.io, its renderer without the builder (@formio/js/form), with Bootstrap, which its templates are for. Everything is on one page: its
// other way, a wizard, is the form's author's to choose. What its documentation calls lazy loading is that of the library itself, from
// elsewhere. It tells which component has changed, so each answer is saved by item, as soon as it tells that. Its change event comes
// a moment later for all that has changed in between; what it says of that is noted if it was not told before.

import "bootstrap/dist/css/bootstrap.min.css";
import "@formio/js/dist/formio.form.min.css";
import { Formio } from "@formio/js/form";
import { answers, change, definition, offer, restore, verdict } from "../common.js";

const [form] = await Promise.all([definition(), restore()]);
const data = {};
answers.forEach((answer, place) => {
  for (const [part, value] of Object.entries(answer)) data[part + place] = value;
});

const webform = await Formio.createForm(document.querySelector("#form"), form, {
  noAlerts: true,
  // What its calculations may use.
  evalContext: { verdict },
});
if (answers.length) await webform.setSubmission({ data });

function changed(key, value) {
  const [, part, place] = /^(choice|numerator|denominator|note)(\d+)$/.exec(key) ?? [];
  const given = value === "" || value === null ? undefined : value;
  if (part && given !== answers[place]?.[part]) change(Number(place), part, given);
}
webform.on("componentChange", ({ component, value }) => changed(component.key, value));
webform.on("change", ({ data }, { changes = [] }) => {
  for (const { component } of changes) changed(component.key, data[component.key]);
});

const field = (part, place, element = "input") => document.querySelector(`.formio-component-${part}${place} ${element}`);
offer({
  radio: (place, choice) => document.querySelectorAll(`.formio-component-choice${place} input[type=radio]`)[choice] ?? null,
  note: (place) => field("note", place, "textarea"),
  numerator: (place) => field("numerator", place),
  denominator: (place) => field("denominator", place),
  verdict: (place) => field("verdict", place)?.value ?? "",
});
