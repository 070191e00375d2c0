// The page inside an iframe: what its address prefills, and what the page around it may do.
//
// The page around proves who it is by the origin that the browser tells of its first message. It then
// gets a channel of its own: methods and attributes come in by it, results, events and heights go out.

const PREFILLED = [
  "checklist", "unit-name", "unit-code", "unit-type", "superior-name", "period", "lang", "storage-namespace",
];
const PROPERTIES = ["uploadHeaders", "uploadCredentials"];
/**
 * Who is listed may set the last three too: reports go there, so an address that anybody can write must not.
 * In this order: what is sent along is that of the new address before there is one.
 */
const SETTABLE = [...PREFILLED, ...PROPERTIES, "upload-url"];
const METHODS = [
  "startInspection", "openInspection", "listInspections", "setAnswer", "exportReport", "importReport", "flush",
];
const EVENTS = ["ready", "change", "saved", "save-error", "export", "upload", "error"].map((name) => `tkt-${name}`);

const [element] = document.getElementsByTagName("tu-kiem-tra");

/** Tells this loading of the page from others. */
const page = crypto.randomUUID?.() ?? String(performance.timeOrigin);

/** The channel to the page around, once it has one. */
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
  // Says nothing but that somebody is here, so anybody may hear it.
  parent.postMessage({ tuKiemTra: "here", page }, "*");
}

function prefill(given) {
  for (const name of PREFILLED) {
    const value = given.get(name);
    if (value !== null && (name !== "checklist" || isOfThisSite(value))) element.setAttribute(name, value);
  }
}

/** A page around that is light or dark by itself says so in the address. */
function setColours(scheme) {
  if (scheme !== "light" && scheme !== "dark") return;
  for (const { style } of [document.documentElement, document.body, element]) style.colorScheme = scheme;
}

/** A link to this page must not put the words of another site before people. */
function isOfThisSite(address) {
  return originOf(address) === location.origin;
}

function originOf(address) {
  return URL.canParse(address, document.baseURI) ? new URL(address, document.baseURI).origin : undefined;
}

/** The origins that `embed.json` lists; what is no origin, such as `*` or `null`, is none. */
async function allowedOrigins() {
  try {
    const response = await fetch("./embed.json", { credentials: "same-origin", cache: "no-cache" });
    if (!response.ok) return [];
    // Only this site says who may use its page, wherever a redirect leads.
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
  // Others' scripts may send a `message` that is none.
  const port = ports?.[0];
  if (source !== parent || data?.tuKiemTra !== "connect" || !port) return;
  if (!(await allowed).includes(origin)) {
    port.postMessage({ refused: location.origin });
    return;
  }
  // Who was connected before hears that it is over.
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
    // From here on exports are downloads again.
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

/** All at once, without a pause in which a report could go out with some of it. */
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
