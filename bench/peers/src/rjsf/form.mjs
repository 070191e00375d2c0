// The form as RJSF takes it: a JSON schema and how it is shown. A ratio is a field of its own name, which the page has.

import { choices, sections } from "../questions.mjs";

const choice = {
  schema: (title) => ({
    type: "object",
    title,
    properties: { choice: { type: "string", title: "Mức độ", enum: choices }, note: { type: "string", title: "Ghi chú" } },
  }),
  ui: { choice: { "ui:widget": "radio", "ui:options": { inline: true } }, note: { "ui:widget": "textarea", "ui:options": { rows: 2 } } },
};
const whole = (title) => ({ type: "integer", title, minimum: 0 });
const ratio = {
  schema: (title) => ({
    type: "object",
    title,
    properties: { numerator: whole("Số đạt"), denominator: whole("Tổng số"), note: { type: "string", title: "Ghi chú" } },
  }),
  ui: { "ui:field": "ratio", note: { "ui:widget": "textarea", "ui:options": { rows: 2 } } },
};
const object = (entries) => Object.fromEntries(entries);

export const files = (count) => ({
  [`form-${count}.json`]: JSON.stringify({
    schema: {
      type: "object",
      properties: object(sections(count).map(({ title, items }, section) => [`s${section}`, {
        type: "object",
        title,
        properties: object(items.map((item) => [`i${item.place}`, (item.ratio ? ratio : choice).schema(item.text)])),
      }])),
    },
    uiSchema: {
      "ui:submitButtonOptions": { norender: true },
      ...object(sections(count).map(({ items }, section) => [
        `s${section}`,
        object(items.map((item) => [`i${item.place}`, (item.ratio ? ratio : choice).ui])),
      ])),
    },
  }),
});
