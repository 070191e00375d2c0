// Getting the program from the server, and finding out why it does not come.

/** The program's two files, by the names that the build gave them; errors say in which one they were thrown. */
/** @type {[string, string]} */
export const FILES = ["__GLUE__", "__WASM__"];

/** The program, and how its script is asked for. */
/** @type {import("../types.js").ProgramFiles<import("../types.js").Program>} */
// @ts-expect-error The build knows its name.
const FORM = { files: FILES, script: () => import("./__GLUE__") };

/** The one that makes office files. */
/** @type {import("../types.js").ProgramFiles<import("../types.js").OfficeProgram>} */
const OFFICE = { files: ["__OFFICE_GLUE__", "__OFFICE_WASM__"], script: (mark) => import(`./__OFFICE_GLUE__${mark}`) };

/**
 * A server that sends nothing more of a file for so long sends nothing any more, in milliseconds. A slow one, as on
 * a weak network, may take as long as it likes.
 */
const SILENCE = 15_000;

/** So many times as long, where the browser hands a file over only when it has all of it. */
const WHOLE = 8;

/** What they have to be, by name, where the host's tag says what this script has to be. */
const INTEGRITY = JSON.parse('__INTEGRITY__');

/** Where all our files come from. */
const { origin: ORIGIN } = new URL(import.meta.url);

/** How a policy names that place. */
const OWN_SOURCE = ORIGIN === location.origin ? "'self'" : ORIGIN;

/** Nothing but the mark and the version of a module: only who forbids all modules refuses it. */
const SMALLEST = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** Why the program could not be loaded: `reason` is a key of `WORDS`, `file` stands in that sentence. */
class LoadError extends Error {
  reason;
  file;

  constructor(reason, file = "", /** @type {any} */ error = undefined) {
    super(String(error?.message ?? error ?? reason));
    this.reason = reason;
    this.file = file;
  }
}

/**
 * Fetches the program and starts it. `root` is in the document: what is loaded for the page can hang there.
 *
 * @throws {LoadError}
 */
export async function fetchProgram(root) {
  const violations = [];
  // A policy that only reports is in nobody's way.
  const listen = (event) => event.disposition === "enforce" && violations.push(event);
  document.addEventListener("securitypolicyviolation", listen, true);
  try {
    if (typeof WebAssembly !== "object") throw new LoadError("noWebAssembly");
    const [glue, wasm] = await fetchBoth(FORM, root);
    await glue.default({ module_or_path: wasm }).catch(async (error) => {
      // Its end may be what was lost.
      if (!(error instanceof TypeError)) throw error;
      await glue.default({ module_or_path: await fetchWasm(FORM) });
    });
    return glue;
  } catch (error) {
    throw await explained(error, violations);
  } finally {
    document.removeEventListener("securitypolicyviolation", listen, true);
  }
}

/** How often the program that makes office files was asked for. */
let askedForOffice = 0;

/**
 * Why the program that makes office files could not be fetched. `code`: the server is `unreachable`, the program is
 * `unavailable` there, or it was `replaced`, as the server has another release by now.
 */
export class OfficeError extends Error {
  code;

  constructor(code, error) {
    super(String(error?.message ?? error));
    this.code = code;
  }
}

/**
 * Fetches the program that makes office files, without starting it. `root` is as above.
 *
 * @throws {OfficeError}
 */
export async function fetchOffice(root) {
  const [, wasm] = await Promise.all(OFFICE.files.map((name) => twice(() => download(name))));
  // An import that came to nothing is remembered by its address. The script itself has just come.
  askedForOffice += 1;
  const mark = askedForOffice > 1 ? `#${askedForOffice}` : "";
  const glue = await inTime(fetchGlue(OFFICE, root, mark)).catch((error) => {
    throw new OfficeError("unavailable", error);
  });
  return { glue, wasm };
}

/** The bytes of one of our files, as long as some come. */
async function download(name) {
  const integrity = integrityOf(name);
  const end = new AbortController();
  let timer;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => end.abort(), integrity ? WHOLE * SILENCE : SILENCE);
  };
  try {
    listen();
    const url = new URL(name, import.meta.url);
    const { ok, status, body } = await fetch(url, { credentials: "same-origin", integrity, signal: end.signal });
    if (!ok) {
      end.abort();
      throw new OfficeError((await isReplaced(name, status)) ? "replaced" : "unavailable", `HTTP ${status}`);
    }
    const pieces = [];
    const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (body).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      pieces.push(piece.value);
      listen();
    }
    return await new Blob(pieces).arrayBuffer();
  } catch (error) {
    throw error instanceof OfficeError ? error : new OfficeError("unreachable", error);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the server has another release by now, as it has not that file any more: then its script names others. */
async function isReplaced(name, status) {
  if (status !== 404 && status !== 410) return false;
  const script = import.meta.url.replace(/[?#].*/, "");
  /** @type {RequestInit} */
  const asked = { credentials: "same-origin", cache: "no-cache", signal: AbortSignal.timeout(SILENCE) };
  const text = await fetch(script, asked).then((answer) => (answer.ok ? answer.text() : name)).catch(() => name);
  return !text.includes(name);
}

/** What a promise comes to, unless that takes too long. */
function inTime(promise) {
  const late = new Promise((_, failed) => setTimeout(() => failed(new Error("no answer")), SILENCE));
  return Promise.race([promise, late]);
}

function fetchBoth(program, root) {
  return Promise.all([twice(() => fetchGlue(program, root, "")), twice(() => fetchWasm(program))]);
}

/** On a weak network one request in many is lost: it is asked for once more. */
function twice(ask) {
  return ask().catch(ask);
}

/** What a file has to be, if the host's tag says what this script has to be. */
function integrityOf(name) {
  const tag = [...document.scripts].find((script) => script.src === import.meta.url);
  return tag?.integrity ? INTEGRITY[name] : "";
}

/** `mark` comes at the end of the script's address. */
async function fetchGlue({ files, script }, root, mark) {
  const [name] = files;
  const integrity = integrityOf(name);
  if (integrity) {
    // `import()` takes no hash, but gets what was preloaded with one. Safari preloads without looking at it,
    // so that what the server sends is looked at before.
    await fetch(new URL(name, import.meta.url), { credentials: "same-origin", integrity });
    await preload(name + mark, root, integrity);
  }
  return script(mark);
}

function preload(name, root, integrity) {
  const link = document.createElement("link");
  if (!link.relList.supports("modulepreload")) return undefined;
  Object.assign(link, { rel: "modulepreload", href: new URL(name, import.meta.url), integrity });
  return new Promise((done, failed) => {
    const ending = (how) => () => {
      link.remove();
      how();
    };
    link.addEventListener("load", ending(done));
    link.addEventListener("error", ending(() => failed(new Error(`${name} is refused`))));
    root.append(link);
  });
}

async function fetchWasm({ files: [, name] }) {
  const url = new URL(name, import.meta.url);
  const response = await fetch(url, { credentials: "same-origin", integrity: integrityOf(name) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response;
}

/** What an error means for who is to mend it. */
async function explained(error, violations) {
  // Violations are told in a task of their own.
  await new Promise((done) => setTimeout(done));
  const directive = violations.map(directiveFor).find(Boolean);
  if (directive) return new LoadError("policy", directive, error);
  if (error instanceof LoadError) return error;
  try {
    await WebAssembly.instantiate(SMALLEST);
  } catch {
    return new LoadError("policy", `script-src ${OWN_SOURCE} 'wasm-unsafe-eval'`, error);
  }
  for (const name of FILES) {
    const reason = await faultOf(name);
    if (reason) return new LoadError(reason, reason === "otherOrigin" ? ORIGIN : name, error);
  }
  // All is there and as it was made: either it was not there before, or this browser can't read it.
  const isUnreadable = [WebAssembly.CompileError, WebAssembly.LinkError, SyntaxError].some((kind) => error instanceof kind);
  return new LoadError(isUnreadable ? "tooOld" : "unreachable", "", error);
}

/** The directive that a violation asks for, if it is one of ours: as it stands, and what it lacks. */
function directiveFor({ blockedURI, effectiveDirective, originalPolicy }) {
  const isWasm = blockedURI === "wasm-eval";
  // Of another origin's address, some browsers tell no more than the origin.
  const isOurs = FILES.some((name) => blockedURI.includes(name)) || blockedURI === ORIGIN;
  if (!isWasm && !isOurs) return undefined;
  const name = effectiveDirective.replace(/-(elem|attr)$/, "");
  const directives = originalPolicy.split(";").map((directive) => directive.trim().split(/\s+/));
  // A directive of its own takes the place of the default, so it has to say what that says.
  const [, ...sources] = [name, "default-src"].map((one) => directives.find(([own]) => own === one)).find(Boolean) ?? [];
  const wanted = new Set([...sources.filter((source) => source !== "'none'"), isWasm ? "'wasm-unsafe-eval'" : OWN_SOURCE]);
  return [name, ...wanted].join(" ");
}

/** What is wrong with one of our files as the server sends it, as a key of `WORDS`, if anything is. */
async function faultOf(name) {
  const url = new URL(name, import.meta.url);
  /** @type {RequestInit} */
  const asked = { credentials: "same-origin", cache: "no-cache" };
  const response = await fetch(url, asked).catch(() => undefined);
  if (!response) return url.origin === location.origin ? "unreachable" : "otherOrigin";
  if (response.status === 401 || response.status === 403) return "forbidden";
  if (response.status === 404 || response.status === 410) return "missing";
  if (!response.ok) return "unavailable";
  const same = fetch(url, { ...asked, integrity: INTEGRITY[name] });
  return same.then(() => undefined, () => "altered");
}
