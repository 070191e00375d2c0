// Our element as a portal embeds it: the one inspection that there is, or a new one.

const count = new URLSearchParams(location.search).get("items");
const element = document.querySelector("tu-kiem-tra");
const root = () => element.shadowRoot;
const part = (place, selector) => root()?.querySelector(`[data-item="item-${place}"] ${selector}`) ?? null;

window.bench = {
  radio: (place, choice) => root()?.querySelectorAll(`[data-item="item-${place}"] input[type=radio]`)[choice] ?? null,
  note: (place) => part(place, "[data-field=note]"),
  numerator: (place) => part(place, "[data-field=numerator]"),
  denominator: (place) => part(place, "[data-field=denominator]"),
  summary: () => {
    const line = root()?.querySelector("[data-summary]");
    return line ? `${line.dataset.met}/${line.dataset.total}` : "";
  },
  verdict: (place) => part(place, ".verdict")?.textContent ?? "",
};

await customElements.whenDefined("tu-kiem-tra");
const [known] = await element.listInspections();
if (known) {
  await element.openInspection(known.id);
} else {
  const checklist = new URL(`../checklist-${count}.json`, location.href).href;
  await element.startInspection({ checklist, unit: { name: "UBND phường 2", type: "commune" }, period: "2026" });
}
