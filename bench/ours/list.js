// Tells when the list of inspections is there: from the start of the navigation to the frame that shows it.

const element = document.querySelector("tu-kiem-tra");
await new Promise((resolve) => element.addEventListener("tkt-ready", resolve, { once: true }));
await new Promise(requestAnimationFrame);
globalThis.listed = performance.now();
