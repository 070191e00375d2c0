// The standalone page: sets the form as the webmaster's `page.json` beside it says, and then starts it.

const SETTINGS = [
  "checklist", "unit-name", "unit-code", "unit-type", "superior-name", "period", "lang", "upload-url",
  "storage-namespace",
];

/** How long the file is waited for, in milliseconds: the form waits as long. */
const PATIENCE = 5_000;

/** Where this page keeps what the file said last. */
const MEMORY = `tkt:page.json:${location.pathname.replace(/[^/]*$/, "")}`;

const [element] = document.getElementsByTagName("tu-kiem-tra");

// What the form can't use, it says to the page.
element.addEventListener("tkt-error", ({ detail }) => {
  if (detail?.code === "bad-attribute") warn(detail.message);
});
for (const [name, value] of Object.entries(await settings())) {
  if (!SETTINGS.includes(name)) warn(`${JSON.stringify(name)} is none of ${SETTINGS.join(", ")}`);
  else if (typeof value !== "string") warn(`${JSON.stringify(name)} has to be a text, in quotation marks`);
  else element.setAttribute(name, value);
}
// Not before: the form would show itself without them, and other people's inspections.
// @ts-expect-error The build makes it.
await import("./tu-kiem-tra.js");

/**
 * What the file says, or said last on this device where it can't be read: without it, people would miss what they
 * entered. A page without one is as good. An empty one, as each release brings it, says nothing either.
 */
async function settings() {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch("./page.json", { credentials: "same-origin", cache: "no-cache", signal });
    if (response.status === 404) return remember({});
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // It says where reports go, which only this site may, wherever a redirect leads.
    if (new URL(response.url).origin !== location.origin) throw new Error(`it leads to ${response.url}`);
    const given = await response.json();
    if (Object.prototype.toString.call(given) !== "[object Object]") throw new Error("it has to be { … }");
    return Object.keys(given).length === 0 ? remembered() : remember(given);
  } catch (error) {
    const last = remembered();
    const which = Object.keys(last).length === 0 ? "as it was released" : "set up as it was last";
    warn(`it can't be read, so the form is ${which}: ${error.message}`);
    return last;
  }
}

function remember(given) {
  try {
    localStorage.setItem(MEMORY, JSON.stringify(given));
  } catch {
    // Without storage the server is asked each time.
  }
  return given;
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(MEMORY) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

function warn(message) {
  console.warn(`page.json: ${message}`);
}
