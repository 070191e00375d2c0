// The form as Form.io takes it: a panel for each section. A ratio's percentage and verdict is a field whose value Form.io calculates.

import { choices, sections } from "../questions.mjs";

const note = (place) => ({ type: "textarea", key: `note${place}`, label: "Ghi chú", rows: 2, input: true });
const whole = (key, label) => ({ type: "number", key, label, decimalLimit: 0, requireDecimal: false, delimiter: false, validate: { min: 0 }, input: true });

export const files = (count) => ({
  [`form-${count}.json`]: JSON.stringify({
    display: "form",
    components: sections(count).map(({ title, items }, section) => ({
      type: "panel",
      key: `s${section}`,
      title,
      input: false,
      components: items.flatMap(({ place, text, ratio }) =>
        ratio
          ? [{
            type: "fieldset",
            key: `p${place}`,
            legend: text,
            input: false,
            components: [
              whole(`numerator${place}`, "Số đạt"),
              whole(`denominator${place}`, "Tổng số"),
              {
                type: "textfield",
                key: `verdict${place}`,
                label: "Tỷ lệ",
                disabled: true,
                input: true,
                calculateValue: `value = verdict(data.numerator${place}, data.denominator${place});`,
              },
              note(place),
            ],
          }]
          : [
            {
              type: "radio",
              key: `choice${place}`,
              label: text,
              inline: true,
              values: choices.map((label) => ({ label, value: label })),
              input: true,
            },
            note(place),
          ]),
    })),
  }),
});
