// Tells when the list of inspections is there: from the start of the navigation to the frame that shows it.
// No module, as those may come after the event.

document.addEventListener("tkt-ready", () => requestAnimationFrame(() => (globalThis.listed = performance.now())), { once: true });
