// SurveyJS, with the renderer for pages without a framework (its newest version is 2.5.38, and it takes the core of that version alone).
// Everything is on one page. The library tells which question's value changed, so each answer is saved by item.
//
// For forms with much content its documentation has lazy rendering (survey.lazyRenderEnabled): a question is drawn once it is scrolled
// to. The last item is then not in the page until somebody scrolls to it, so it is left off here; ?lazy turns it on for whoever wants to
// compare.

import { FunctionFactory, Model } from "survey-core";
import "survey-core/i18n/vietnamese";
import "survey-core/survey-core.fontless.css";
import { renderSurvey } from "survey-js-ui";
import { answers, change, count, definition, offer, restore, verdict } from "../common.js";

// A function that is the library's way to put what its expressions lack.
FunctionFactory.Instance.register("verdict", ([numerator, denominator]) => verdict(numerator, denominator));

const [form] = await Promise.all([definition(), restore()]);
const survey = new Model(form);
survey.locale = "vi";
survey.lazyRenderEnabled = new URLSearchParams(location.search).has("lazy");
const data = {};
answers.forEach((answer, place) => {
  for (const [part, value] of Object.entries(answer)) {
    data[part === "note" && !(place % 5 === 4) ? `choice${place}-Comment` : `${part}${place}`] = value;
  }
});
survey.data = data;

survey.onValueChanged.add((_, { name, value }) => {
  const [, part, place, comment] = /^([a-z]+)(\d+)(-Comment)?$/.exec(name);
  if (part !== "verdict") change(Number(place), comment ? "note" : part, value);
});
renderSurvey(survey, document.querySelector("#form"));

const question = (name) => document.querySelector(`[data-name="${name}"]`);
offer({
  radio: (place, choice) => question(`choice${place}`)?.querySelectorAll(".sd-selectbase__label")[choice] ?? null,
  note: (place) => question(place % 5 === 4 ? `note${place}` : `choice${place}`)?.querySelector("textarea") ?? null,
  numerator: (place) => question(`numerator${place}`)?.querySelector("input") ?? null,
  denominator: (place) => question(`denominator${place}`)?.querySelector("input") ?? null,
  verdict: (place) => question(`verdict${place}`)?.querySelector(".sd-expression")?.textContent ?? "",
});
