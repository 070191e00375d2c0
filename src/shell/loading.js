// Fetching the program from the server, and finding the reason if that fails.

/**
 * The program's two files, by the names that the build gives them. Stacks of errors contain these names.
 *
 * @type {[string, string]}
 */
export const FILES = ["__GLUE__", "__WASM__"];

/** The program of the form. */
/** @type {import("../types.js").ProgramFiles<import("../types.js").Program>} */
// @ts-expect-error The build puts the name in.
const FORM = { files: FILES, script: () => import("./__GLUE__") };

/** The program that makes office files. */
/** @type {import("../types.js").ProgramFiles<import("../types.js").OfficeProgram>} */
const OFFICE = { files: ["__OFFICE_GLUE__", "__OFFICE_WASM__"], script: (mark) => import(`./__OFFICE_GLUE__${mark}`) };

/**
 * The timeout between two pieces of a file, in milliseconds. A file may take any time on a weak network as long as
 * some of it comes.
 */
const SILENCE = 15_000;

/** The factor of that timeout for a file with an integrity, which browsers hand over only as a whole. */
const WHOLE = 8;

/** The integrity of each file, by name. It is checked if the host's tag has one for this script. */
const INTEGRITY = JSON.parse('__INTEGRITY__');

/** The origin of all files of the release. */
const { origin: ORIGIN } = new URL(import.meta.url);

/** The source expression of that origin in a policy. */
const OWN_SOURCE = ORIGIN === location.origin ? "'self'" : ORIGIN;

/** An empty module: only a policy that forbids all WebAssembly refuses it. */
const SMALLEST = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** The reason why the program could not be loaded: `reason` is a key of `WORDS`, `file` fills that sentence. */
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
 * Fetches the program and starts it. `root` is in the document and can hold the links of preloads.
 *
 * @throws {LoadError}
 */
export async function fetchProgram(root) {
  const violations = [];
  // A policy that only reports blocks nothing.
  const listen = (event) => event.disposition === "enforce" && violations.push(event);
  document.addEventListener("securitypolicyviolation", listen, true);
  try {
    if (typeof WebAssembly !== "object") throw new LoadError("noWebAssembly");
    const [glue, wasm] = await fetchBoth(FORM, root);
    await glue.default({ module_or_path: wasm }).catch(async (error) => {
      // The response may have been cut off.
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

/** The number of imports of the script that makes office files. */
let askedForOffice = 0;

/**
 * The reason why the program that makes office files could not be fetched. `code`: the server is `unreachable`, the
 * program is `unavailable` there, or it was `replaced`, as the server has another release by now.
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
  // Browsers remember a failed import by its address. The script itself has just been downloaded.
  askedForOffice += 1;
  const mark = askedForOffice > 1 ? `#${askedForOffice}` : "";
  const glue = await inTime(fetchGlue(OFFICE, root, mark)).catch((error) => {
    throw new OfficeError("unavailable", error);
  });
  return { glue, wasm };
}

/** Downloads a file of the release. Throws an `OfficeError` if nothing more of it comes within the timeout. */
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

/** Returns whether the server has another release by now: the file is gone, and the script names other files. */
async function isReplaced(name, status) {
  if (status !== 404 && status !== 410) return false;
  const script = import.meta.url.replace(/[?#].*/, "");
  /** @type {RequestInit} */
  const asked = { credentials: "same-origin", cache: "no-cache", signal: AbortSignal.timeout(SILENCE) };
  const text = await fetch(script, asked).then((answer) => (answer.ok ? answer.text() : name)).catch(() => name);
  return !text.includes(name);
}

/** Returns the value of a promise, or rejects after the timeout. */
function inTime(promise) {
  const late = new Promise((_, failed) => setTimeout(() => failed(new Error("no answer")), SILENCE));
  return Promise.race([promise, late]);
}

function fetchBoth(program, root) {
  return Promise.all([twice(() => fetchGlue(program, root, "")), twice(() => fetchWasm(program))]);
}

/** Retries once, as a weak network loses one request in many. */
function twice(ask) {
  return ask().catch(ask);
}

/** Returns the integrity of a file if the host's tag has one for this script, else an empty text. */
function integrityOf(name) {
  const tag = [...document.scripts].find((script) => script.src === import.meta.url);
  return tag?.integrity ? INTEGRITY[name] : "";
}

/** Imports a program's script. `mark` is appended to its address. */
async function fetchGlue({ files, script }, root, mark) {
  const [name] = files;
  const integrity = integrityOf(name);
  if (integrity) {
    // `import()` takes no integrity, but uses a preload that has one. Safari does not check it there, so a
    // fetch does before.
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

/** Returns an error with the reason for the webmaster. */
async function explained(error, violations) {
  // Violations are reported in a task of their own.
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
  // Both files are there and unchanged: they were missing a moment ago, or this browser can't read them.
  const isUnreadable = [WebAssembly.CompileError, WebAssembly.LinkError, SyntaxError].some((kind) => error instanceof kind);
  return new LoadError(isUnreadable ? "tooOld" : "unreachable", "", error);
}

/** Returns the directive that would prevent a violation of ours: the present one with the source that it lacks. */
function directiveFor({ blockedURI, effectiveDirective, originalPolicy }) {
  const isWasm = blockedURI === "wasm-eval";
  // Some browsers report only the origin of another origin's address.
  const isOurs = FILES.some((name) => blockedURI.includes(name)) || blockedURI === ORIGIN;
  if (!isWasm && !isOurs) return undefined;
  const name = effectiveDirective.replace(/-(elem|attr)$/, "");
  const directives = originalPolicy.split(";").map((directive) => directive.trim().split(/\s+/));
  // A directive replaces the default, so it has to repeat the default's sources.
  const [, ...sources] = [name, "default-src"].map((one) => directives.find(([own]) => own === one)).find(Boolean) ?? [];
  const wanted = new Set([...sources.filter((source) => source !== "'none'"), isWasm ? "'wasm-unsafe-eval'" : OWN_SOURCE]);
  return [name, ...wanted].join(" ");
}

/** Returns the fault of a file as the server sends it, as a key of `WORDS`, or `undefined` if it has none. */
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
