// A host's values as JSON. Old libraries in its page change the outcome of `JSON.stringify` (`Array.prototype.toJSON`),
// so values are written here, by nothing that a changed prototype can affect.

const { isArray } = Array;
const { keys, prototype: OBJECT } = /** @type {any} */ (Object);
const { toISOString } = Date.prototype;
/** For texts alone, for which it calls no method of a prototype. */
const { stringify } = JSON;

/**
 * Returns a value as JSON, or `undefined` for a value that JSON can't express, such as a function.
 *
 * @throws {RangeError} if the value contains itself.
 */
export function plain(value) {
  switch (typeof value) {
    case "string":
      return stringify(value);
    case "number":
      return value - value === 0 ? `${value}` : "null";
    case "boolean":
      return `${value}`;
    case "object":
      return value === null ? "null" : composed(value);
    default:
      return undefined;
  }
}

function composed(value) {
  if (isArray(value)) {
    let text = "";
    for (let index = 0; index < value.length; index++) text += `${index ? "," : ""}${plain(value[index]) ?? "null"}`;
    return `[${text}]`;
  }
  const simple = simplified(value);
  if (simple !== value) return plain(simple);
  let text = "";
  const names = keys(value);
  for (let index = 0; index < names.length; index++) {
    const member = plain(value[names[index]]);
    if (member !== undefined) text += `${text ? "," : ""}${stringify(names[index])}:${member}`;
  }
  return `{${text}}`;
}

/** Returns the value for which an object stands by its own class, such as a date's text. */
function simplified(value) {
  if (value instanceof Date) return +value - +value === 0 ? toISOString.call(value) : null;
  if (value instanceof String || value instanceof Number || value instanceof Boolean) return value.valueOf();
  const { toJSON } = value;
  return typeof toJSON === "function" && toJSON !== OBJECT.toJSON ? value.toJSON() : value;
}
