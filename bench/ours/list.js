// Tells when the list of inspections is there: from the start of the navigation until the frame with its last row was drawn.

const count = Number(new URLSearchParams(location.search).get("rows"));
const rows = () => document.querySelector("tu-kiem-tra")?.shadowRoot?.querySelectorAll(".inspection").length ?? 0;

const look = () => {
  if (rows() < count) {
    requestAnimationFrame(look);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (globalThis.listed = performance.now());
  // In a frame of its own, and after it was drawn.
  requestAnimationFrame(() => port2.postMessage(null));
};
requestAnimationFrame(look);
