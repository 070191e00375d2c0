// The standalone page: applies the webmaster's `page.json` beside it, and then starts the form.

const SETTINGS = [
  "checklist", "unit-name", "unit-code", "unit-type", "superior-name", "period", "lang", "upload-url",
  "storage-namespace",
];

/** The timeout of `page.json`, in milliseconds. The form starts after it. */
const PATIENCE = 5_000;

/** The key of the last `page.json` in this page's storage. */
const MEMORY = `tkt:page.json:${location.pathname.replace(/[^/]*$/, "")}`;

const [element] = document.getElementsByTagName("tu-kiem-tra");

// The form reports settings that it can't use.
element.addEventListener("tkt-error", ({ detail }) => {
  if (detail?.code === "bad-attribute") warn(detail.message);
});
for (const [name, value] of Object.entries(await settings())) {
  if (!SETTINGS.includes(name)) warn(`${JSON.stringify(name)} is none of ${SETTINGS.join(", ")}`);
  else if (typeof value !== "string") warn(`${JSON.stringify(name)} has to be a text, in quotation marks`);
  else element.setAttribute(name, value);
}
// Not earlier: the form would start without the settings, in another storage namespace.
// @ts-expect-error The build creates it.
await import("./tu-kiem-tra.js");

/**
 * Returns the settings in `page.json`, or the last ones on this device if it can't be read: without its namespace,
 * people would miss their inspections. A missing file means no settings. An empty one, as each release has, changes
 * nothing.
 */
async function settings() {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch("./page.json", { credentials: "same-origin", cache: "no-cache", signal });
    if (response.status === 404) return remember({});
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    // The file names the address for reports, so a redirect to another site is refused.
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
    // Without storage the file is fetched at each visit.
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
