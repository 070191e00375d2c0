// RJSF (react-jsonschema-form), core theme, React in production mode, not validated while somebody types (its default). Everything is on
// one page: its documentation has neither lazy rendering nor paging. The library tells the id of the field that changed, so each answer is
// saved by item. The form keeps its own data (initialFormData), so that a change does not have to go through a parent first.

import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8";
import { createElement as h, Fragment } from "react";
import { createRoot } from "react-dom/client";
import { answers, change, count, definition, offer, restore, verdict } from "../common.js";

/** The library's field of an object, and below it the percentage and the verdict. */
function Ratio(props) {
  const { ObjectField } = props.registry.fields;
  const { numerator, denominator } = props.formData ?? {};
  return h(Fragment, null,
    h(ObjectField, { ...props, uiSchema: { ...props.uiSchema, "ui:field": undefined } }),
    h("output", { id: `${props.fieldPathId.$id}_verdict` }, verdict(numerator, denominator)));
}

const sectionOf = (place) => `s${Math.floor((place * 10) / count)}`;
const path = (place) => `root_${sectionOf(place)}_i${place}`;

const [{ schema, uiSchema }] = await Promise.all([definition(), restore()]);
const initialFormData = {};
answers.forEach((answer, place) => {
  (initialFormData[sectionOf(place)] ??= {})[`i${place}`] = answer;
});

function changed({ formData }, id) {
  const [, section, item, part] = /^root_(s\d+)_(i\d+)_([a-z]+)/.exec(id);
  change(Number(item.slice(1)), part, formData[section][item][part]);
}

createRoot(document.querySelector("#form")).render(
  h(Form, { schema, uiSchema, initialFormData, validator, fields: { ratio: Ratio }, onChange: changed }),
);

const field = (place, rest) => document.getElementById(path(place) + rest);
offer({
  radio: (place, choice) => field(place, `_choice-${choice}`),
  note: (place) => field(place, "_note"),
  numerator: (place) => field(place, "_numerator"),
  denominator: (place) => field(place, "_denominator"),
  verdict: (place) => field(place, "_verdict")?.textContent ?? "",
});
