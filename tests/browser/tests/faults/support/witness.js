// Tells the test's server what the page shows and says, in the moment it does, so that it is known
// outside of a page that goes away.
(() => {
  const load = `${performance.timeOrigin} ${Math.random()}`;
  let told = 0;
  const tell = (kind, what) => {
    told += 1;
    const body = JSON.stringify({ load, number: told, kind, ...what });
    const send = (keepalive) => fetch("/witness", { method: "POST", body, keepalive });
    // A page may not have much under way that outlives it.
    send(true).catch(() => send(false)).catch(() => {});
  };
  // What is entered, apart from how a roster is looked at.
  const fieldsOf = (item) => [...item.querySelectorAll("[data-field], [data-column]")]
    .filter((field) => !["sort-rows", "failing-rows"].includes(field.dataset.field));
  const entered = (field) =>
    ["checkbox", "radio"].includes(field.type) ? `${field.value}:${field.checked}` : field.value;
  window.__witness = { load, fieldsOf, entered };

  addEventListener("input", (event) => {
    const field = event.composedPath()[0];
    const item = field.closest?.("[data-item]");
    const place = item ? fieldsOf(item).indexOf(field) : -1;
    if (place >= 0) {
      tell("typed", { item: item.dataset.item, place, entered: entered(field) });
    }
  }, true);

  // What the fields show follows the edit, before anything else can be typed.
  const drawn = async () => {
    for (let task = 0; task < 50; task += 1) await null;
  };
  addEventListener("tkt-change", (event) => {
    const root = event.target.shadowRoot;
    for (const { itemId, revision } of event.detail.items) {
      tell("change", { item: itemId, revision });
      drawn().then(() => {
        const fields = fieldsOf(root.querySelector(`[data-item="${itemId}"]`)).map(entered);
        tell("shown", { item: itemId, revision, fields });
      });
    }
  }, true);

  addEventListener("tkt-saved", (event) => {
    for (const { itemId, revision } of event.detail.items) tell("saved", { item: itemId, revision });
  }, true);

  addEventListener("pagehide", () => tell("left", { all: told + 1 }));
})();
