// The form as Enketo takes it: HTML and a model, made of the XForm. Enketo Transformer does that on a server, with a library that has to be
// compiled, and Enketo's documentation wants its result kept there. So it is not done while the page is measured, and here it is written
// down as Enketo Transformer 4.2.0 gives it for this form (in a browser), but for white space and comments.

import { choices, sections } from "../questions.mjs";
import { xform } from "../xform.mjs";

const label = (text) => `<span lang="" class="question-label active">${text}</span>`;
const field = (name, type, text, html, appearance = "") =>
  `<label class="question non-select ${appearance}">${label(text)}${html(`name="${name}" data-type-xml="${type}"`)}</label>`;

export function transform(count) {
  const definition = xform(count);
  const model = /<model>(.*?<\/instance>)/.exec(definition)[1];
  const calculations = [...definition.matchAll(/nodeset="([^"]*)" type="string" calculate="([^"]*)"/g)].map(([, name, calculation]) =>
    `<label class="calculation non-select "><input type="hidden" name="${name}" data-calculate="${calculation}" data-type-xml="string"></label>`);
  const groups = sections(count).map(({ title, items }, section) => {
    const questions = items.map(({ place, text, ratio }) => {
      const name = (part) => `/data/s${section}/${part}${place}`;
      const input = (type, rest = "") => (attributes) => `<input type="${type}" ${attributes}${rest}>`;
      const note = field(name("note"), "string", "Ghi chú", (attributes) => `<textarea ${attributes}></textarea>`, "or-appearance-multiline");
      if (ratio) {
        const output = ` <span class="or-output" data-value="${name("verdict")}"> </span>`;
        return `<section class="or-group "><h4>${label(text)}</h4>${field(name("numerator"), "int", "Số đạt", input("number"))}`
          + `${field(name("denominator"), "int", "Tổng số", input("number"))}`
          + `${field(name("shown"), "string", output, input("text", ' readonly=""'))}${note}</section>`;
      }
      const radios = choices.map((choice, value) =>
        `<label class=""><input type="radio" name="${name("choice")}" data-name="${name("choice")}" value="${value}" data-type-xml="string">`
          + `<span lang="" class="option-label active">${choice}</span></label>`).join("");
      return `<fieldset class="question simple-select "><fieldset><legend>${label(text)}</legend>`
        + `<div class="option-wrapper">${radios}</div></fieldset></fieldset>${note}`;
    }).join("");
    return `<section class="or-group " name="/data/s${section}"><h4>${label(title)}</h4>${questions}</section>`;
  }).join("");
  return {
    form: '<form autocomplete="off" novalidate="novalidate" class="or clearfix" dir="ltr" data-form-id="bench">'
      + `<section class="form-logo"></section><h3 dir="auto" id="form-title">Tự kiểm tra</h3>${groups}`
      + '<fieldset id="or-preload-items" style="display:none;"><label class="calculation non-select "><input type="hidden" '
      + 'name="/data/orx:meta/orx:instanceID" data-preload="uid" data-preload-params="" data-type-xml="string"></label></fieldset>'
      + `<fieldset id="or-calculated-items" style="display:none;">${calculations.join("")}</fieldset></form>`,
    model: `<model>${model.replace("<data ", '<data xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms" ')}</model>`,
  };
}

export const files = (count) => ({ [`form-${count}.json`]: JSON.stringify(transform(count)) });
