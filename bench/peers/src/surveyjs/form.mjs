// The form as SurveyJS takes it: a page with a panel for each section. A question's note is the comment area that the library has for
// that; a ratio is a panel of two numbers, an expression that the library keeps up to date, and a comment.

import { choices, sections } from "../questions.mjs";

export const files = (count) => ({
  [`form-${count}.json`]: JSON.stringify({
    showNavigationButtons: false,
    textUpdateMode: "onTyping",
    pages: [{
      name: "page",
      elements: sections(count).map(({ title, items }, section) => ({
        type: "panel",
        name: `s${section}`,
        title,
        elements: items.map(({ place, text, ratio }) =>
          ratio
            ? {
              type: "panel",
              name: `p${place}`,
              title: text,
              elements: [
                { type: "text", name: `numerator${place}`, title: "Số đạt", inputType: "number", min: 0, step: 1 },
                { type: "text", name: `denominator${place}`, title: "Tổng số", inputType: "number", min: 0, step: 1, startWithNewLine: false },
                { type: "expression", name: `verdict${place}`, titleLocation: "hidden", expression: `verdict({numerator${place}}, {denominator${place}})` },
                { type: "comment", name: `note${place}`, title: "Ghi chú", rows: 2 },
              ],
            }
            : {
              type: "radiogroup",
              name: `choice${place}`,
              title: text,
              choices,
              colCount: 0,
              showCommentArea: true,
              commentText: "Ghi chú",
            }),
      })),
    }],
  }),
});
