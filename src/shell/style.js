// How the element looks while the program, which brings its own style, is not there. Nothing of the host's
// reaches in: a sentence about what is wrong has to be readable.

const STYLE = `
  :host { display: block; }
  :host([hidden]) { display: none; }
  .shell {
    all: initial;
    background: Canvas;
    color: CanvasText;
    color-scheme: inherit;
    direction: ltr;
    display: block;
    font: medium/1.5 system-ui, "Noto Sans", sans-serif;
    overflow-wrap: anywhere;
    padding: 16px;
    visibility: inherit;
  }
  .shell[hidden] { display: none; }
  .shell p { margin: 0 0 12px; }
  .shell small { display: block; font-size: 0.875em; margin-block-start: 12px; opacity: 0.8; }
  .shell .button { font: inherit; font-weight: 600; min-block-size: 44px; padding-inline: 16px; }
`;

/** The sheet, made when it is first needed. */
let sheet;

export function shellStyle() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}
