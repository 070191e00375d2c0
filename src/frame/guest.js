// The page inside an iframe: its prefilled attributes, and the rights of the page around it.
//
// The page around is known by the origin that the browser gives with its first message. It then gets
// a channel of its own for methods and attributes, and receives results, events and heights.

const PREFILLED = [
  "checklist", "unit-name", "unit-code", "unit-type", "superior-name", "period", "lang", "storage-namespace",
];
const PROPERTIES = ["uploadHeaders", "uploadCredentials"];
/**
 * The settings that a listed origin may change. A link must not set the last three, as they decide where reports go.
 * In this order: the headers for a new address are set before that address.
 */
const SETTABLE = [...PREFILLED, ...PROPERTIES, "upload-url"];
const METHODS = [
  "startInspection", "openInspection", "listInspections", "setAnswer", "exportReport", "importReport", "flush",
];
const EVENTS = ["ready", "change", "saved", "save-error", "export", "upload", "error"].map((name) => `tkt-${name}`);

const [element] = document.getElementsByTagName("tu-kiem-tra");

/** The id of this load of the page. */
const page = crypto.randomUUID?.() ?? String(performance.timeOrigin);

/** The channel to the page around, once it is connected. */
let channel;
let isReady = false;
let hostTakesExports = false;

const address = new URLSearchParams(location.search);
prefill(address);
setColours(address.get("color-scheme"));
const allowed = allowedOrigins();
for (const type of EVENTS) element.addEventListener(type, tell);
new ResizeObserver(tellHeight).observe(element);

if (parent !== window) {
  addEventListener("message", welcome);
  // Any origin may receive this, as it tells nothing but that the page is there.
  parent.postMessage({ tuKiemTra: "here", page }, "*");
}

function prefill(given) {
  for (const name of PREFILLED) {
    const value = given.get(name);
    if (value !== null && (name !== "checklist" || isOfThisSite(value))) element.setAttribute(name, value);
  }
}

/** Applies the colour scheme that the page around gives in the address. */
function setColours(scheme) {
  if (scheme !== "light" && scheme !== "dark") return;
  for (const { style } of [document.documentElement, document.body, element]) style.colorScheme = scheme;
}

/** Returns whether an address is on this site. A link must not show people the checklist of another one. */
function isOfThisSite(address) {
  return originOf(address) === location.origin;
}

function originOf(address) {
  return URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI).origin : undefined;
}

/** Returns the origins in `embed.json`. Anything else, such as `*` or `null`, is left out with a warning. */
async function allowedOrigins() {
  try {
    const response = await fetch("./embed.json", { credentials: "same-origin", cache: "no-cache" });
    if (!response.ok) return [];
    // Only this site decides who may use its page, so a redirect to another one is refused.
    if (originOf(response.url) !== location.origin) throw new Error(`it leads to ${response.url}`);
    const { origins } = await response.json();
    if (!Array.isArray(origins)) throw new Error('"origins" has to be a list');
    return origins.filter((origin) => {
      const isOrigin = originOf(origin) === origin && origin !== "null";
      if (!isOrigin) console.warn(`embed.json: ${JSON.stringify(origin)} is no origin, such as "https://example.gov.vn"`);
      return isOrigin;
    });
  } catch (error) {
    console.warn(`embed.json can't be read, so no page around may use this one: ${error.message}`);
    return [];
  }
}

async function welcome({ source, origin, data, ports }) {
  // Other scripts may dispatch a `message` without these members.
  const port = ports?.[0];
  if (source !== parent || data?.tuKiemTra !== "connect" || !port) return;
  if (!(await allowed).includes(origin)) {
    port.postMessage({ refused: location.origin });
    return;
  }
  // The previous page hears that its connection has ended.
  channel?.postMessage({ closed: true });
  channel?.close();
  channel = port;
  hostTakesExports = data.takeOverExports === true;
  port.onmessage = (event) => obey(port, event.data);
  port.postMessage({ accepted: page });
  if (isReady) port.postMessage({ event: "tkt-ready", detail: {} });
  tellHeight();
}

async function obey(port, data) {
  const { id, call, given, set, bye, ping } = data ?? {};
  if (ping) port.postMessage({ pong: true });
  if (bye && port === channel) {
    // From now on exports are downloads again.
    channel = undefined;
    hostTakesExports = false;
  }
  if (set) apply(set);
  if (!METHODS.includes(call)) return;
  await customElements.whenDefined("tu-kiem-tra");
  try {
    port.postMessage({ id, value: await element[call](...given) });
  } catch (error) {
    port.postMessage({ id, error: { code: error.code, message: error.message } });
  }
}

/** Applies all settings in one task, so that no report is sent with only some of them. */
function apply(settings) {
  for (const name of SETTABLE.filter((name) => Object.hasOwn(settings, name))) {
    const value = settings[name];
    if (PROPERTIES.includes(name)) element[name] = value;
    else if (value === null) element.removeAttribute(name);
    else if (typeof value === "string") element.setAttribute(name, value);
  }
}

function tell(event) {
  isReady ||= event.type === "tkt-ready";
  if (event.type === "tkt-export" && hostTakesExports) event.preventDefault();
  channel?.postMessage({ event: event.type, detail: event.detail });
}

function tellHeight() {
  channel?.postMessage({ height: Math.ceil(element.getBoundingClientRect().height) });
}
