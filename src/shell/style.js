// The style of the element while the program, which has its own, is not there. The host's style does not apply:
// an error message has to be readable.

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

/** The style sheet, created at its first use. */
let sheet;

export function shellStyle() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  return sheet;
}
