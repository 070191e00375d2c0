// The form as an ODK XForm, which Enketo and ODK Web Forms take. A ratio's percentage and verdict is a calculation, shown by a note.

import { choices, sections } from "./questions.mjs";

/** How a calculation says a percentage with one decimal place; XPath has no way to ask for a place that is zero. */
const verdict = (numerator, denominator) => {
  const thousandths = `round(1000 * ${numerator} div ${denominator})`;
  return `if(${denominator} &gt; 0 and ${numerator} != '', concat(floor(${thousandths} div 10), ',', ${thousandths} mod 10, '% ', `
    + `if(10 * ${numerator} &gt;= 6 * ${denominator}, 'Đạt', 'Chưa đạt')), '')`;
};

export const partsOf = ({ ratio }) => (ratio ? ["numerator", "denominator", "verdict", "shown", "note"] : ["choice", "note"]);

export function xform(count) {
  const all = sections(count);
  const instance = all.map(({ items }, section) =>
    `<s${section}>${items.flatMap((item) => partsOf(item).map((part) => `<${part}${item.place}/>`)).join("")}</s${section}>`).join("");
  const binds = all.flatMap(({ items }, section) =>
    items.map(({ place, ratio }) => {
      const path = (part) => `/data/s${section}/${part}${place}`;
      const bind = (part, rest) => `<bind nodeset="${path(part)}" ${rest}/>`;
      return (ratio
        ? bind("numerator", 'type="int"') + bind("denominator", 'type="int"')
          + bind("verdict", `type="string" calculate="${verdict(path("numerator"), path("denominator"))}"`)
          + bind("shown", 'type="string" readonly="true()"')
        : bind("choice", 'type="string"')) + bind("note", 'type="string"');
    })).join("");
  const body = all.map(({ title, items }, section) => {
    const questions = items.map(({ place, text, ratio }) => {
      const ref = (part) => `ref="/data/s${section}/${part}${place}"`;
      const input = (part, label, rest = "") => `<input ${ref(part)}${rest}><label>${label}</label></input>`;
      const note = input("note", "Ghi chú", ' appearance="multiline"');
      return ratio
        ? `<group><label>${text}</label>${input("numerator", "Số đạt")}${input("denominator", "Tổng số")}`
          + `${input("shown", `<output value="/data/s${section}/verdict${place}"/>`)}${note}</group>`
        : `<select1 ${ref("choice")}><label>${text}</label>${choices.map((choice, value) => `<item><label>${choice}</label><value>${value}</value></item>`).join("")}</select1>${note}`;
    }).join("");
    return `<group ref="/data/s${section}"><label>${title}</label>${questions}</group>`;
  }).join("");
  return '<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    + 'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>Tự kiểm tra</h:title><model>'
    + `<instance><data id="bench" version="1">${instance}<orx:meta><orx:instanceID/></orx:meta></data></instance>${binds}`
    + '<bind nodeset="/data/orx:meta/orx:instanceID" type="string" jr:preload="uid"/></model></h:head>'
    + `<h:body>${body}</h:body></h:html>`;
}
