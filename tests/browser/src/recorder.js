// Keeps the violations of the page's policy, and the element's events for `Page::events`.
(() => {
  if (window.__harness) return;
  const seen = { violations: [], events: [] };
  Object.defineProperty(window, "__harness", { value: seen });
  addEventListener("securitypolicyviolation", (event) => {
    const place = event.sourceFile ? ` (${event.sourceFile}:${event.lineNumber})` : "";
    seen.violations.push(`${event.effectiveDirective} forbids ${event.blockedURI || "inline"}${place}`);
  }, true);
  const names = ["ready", "change", "saved", "save-error", "export", "upload", "error"];
  for (const name of names) {
    addEventListener("tkt-" + name, (event) => {
      const detail = event.detail === undefined ? null : JSON.parse(JSON.stringify(event.detail));
      seen.events.push({ type: event.type, detail });
    }, true);
  }
})();
