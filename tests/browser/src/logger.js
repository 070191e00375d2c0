// Keeps what Chromium's log would have: errors that nobody caught, and those that were logged. What is
// kept when the page is left comes back with the next page of the tab.
(() => {
  const seen = window.__harness;
  if (seen.logged) return;
  const { getItem, setItem, removeItem } = Storage.prototype;
  const lists = ["logged", "violations"];
  const left = JSON.parse(getItem.call(sessionStorage, "harness") ?? "{}");
  removeItem.call(sessionStorage, "harness");
  for (const list of lists) seen[list] = [...(left[list] ?? []), ...(seen[list] ?? [])];
  addEventListener("pagehide", () => {
    if (lists.every((list) => seen[list].length === 0)) return;
    const kept = Object.fromEntries(lists.map((list) => [list, seen[list]]));
    setItem.call(sessionStorage, "harness", JSON.stringify(kept));
  });

  const told = (thing) => (thing?.stack ? `${thing}\n${thing.stack}` : String(thing));
  addEventListener("error", (event) => {
    // Scripts, styles and pictures that don't load tell it of themselves.
    const source = event.target.src ?? event.target.href;
    seen.logged.push(source ? `${source} does not load` : told(event.error ?? event.message));
  }, true);
  addEventListener("unhandledrejection", (event) => {
    seen.logged.push(`not caught: ${told(event.reason)}`);
  });
  const { error } = console;
  console.error = (...words) => {
    seen.logged.push(words.map(told).join(" "));
    error.apply(console, words);
  };
})();
