// The standalone page: sets the form as the webmaster's `page.json` beside it says, and then starts it.

const SETTINGS = [
  "checklist", "unit-name", "unit-code", "unit-type", "superior-name", "period", "lang", "upload-url",
  "storage-namespace",
];

const element = document.querySelector("tu-kiem-tra");

// What the form can't use, it says to the page.
element.addEventListener("tkt-error", ({ detail }) => {
  if (detail.code === "bad-attribute") warn(detail.message);
});
for (const [name, value] of Object.entries(await settings())) {
  if (!SETTINGS.includes(name)) warn(`${JSON.stringify(name)} is none of ${SETTINGS.join(", ")}`);
  else if (typeof value !== "string") warn(`${JSON.stringify(name)} has to be a text, in quotation marks`);
  else element.setAttribute(name, value);
}
// Not before: the form would show itself without them, and other people's inspections.
await import("./tu-kiem-tra.js");

/** What the file says. A page without one is as good. */
async function settings() {
  try {
    const response = await fetch("./page.json", { credentials: "same-origin", cache: "no-cache" });
    if (response.status === 404) return {};
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const given = await response.json();
    if (Object.prototype.toString.call(given) !== "[object Object]") throw new Error("it has to be { … }");
    return given;
  } catch (error) {
    warn(`it can't be read, so the form is as it was released: ${error.message}`);
    return {};
  }
}

function warn(message) {
  console.warn(`page.json: ${message}`);
}
