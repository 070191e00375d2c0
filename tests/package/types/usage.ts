// A host page in TypeScript. Compiled, never run.

import "tu-kiem-tra";
import type {
  Answer,
  AnswerOf,
  Item,
  ListedInspection,
  Report,
  TuKiemTraElement,
  TuKiemTraError,
  Verdict,
} from "tu-kiem-tra";

const element = document.createElement("tu-kiem-tra");
const found: TuKiemTraElement | null = document.querySelector("tu-kiem-tra");
element.append(found ?? "");

// Attributes are properties.
element.unitName = "UBND phường An Bình";
element.unitType = "commune";
element.period = "2026-Q4";
element.storageNamespace = "one";
const code: string = element.unitCode;
// @ts-expect-error No such kind of unit.
element.unitType = "village";
// @ts-expect-error Properties are in camel case.
element["unit-name"] = code;
// @ts-expect-error A text, as the attribute.
element.period = 2026;

// Methods.
const id: string = await element.startInspection({
  checklist: "phuong-2-105-2022",
  unit: { name: "UBND phường An Bình", type: "commune" },
  period: "2026-Q4",
});
await element.openInspection(id);
const verdict: Verdict = await element.setAnswer("signature-agency", { numerator: 24, denominator: 25 });
await element.setAnswer<"deadline">("plan", { done: "2026-10-30" });
const listed: ListedInspection[] = await element.listInspections();
const exported: string | undefined = listed[0]?.exportedAt;
const report: Report = await element.exportReport();
await element.importReport(report, { onConflict: "keep-both" });
await element.importReport(JSON.stringify(report));
await element.flush();
// @ts-expect-error A period is asked for.
await element.startInspection({ checklist: "sa-dec-2023", unit: { name: "x" } });
// @ts-expect-error A unit has a name.
await element.startInspection({ checklist: "sa-dec-2023", unit: { type: "commune" }, period: "2026" });
// @ts-expect-error A count is a number.
await element.setAnswer("overdue", { count: "0" });
// @ts-expect-error No kind has such an answer.
await element.setAnswer("overdue", { amount: 0 });
// @ts-expect-error Other than that of a ratio.
await element.setAnswer<"ratio">("signature-agency", { count: 1 });
// @ts-expect-error No such way.
await element.importReport(report, { onConflict: "merge" });
// @ts-expect-error A promise, not yet the report.
element.exportReport().items;
// @ts-expect-error The element has no such method.
element.deleteInspection(id);

// Answers by kind, decimals as text.
const hours: AnswerOf<"quantity"> = { quantity: "4.5" };
const roster: AnswerOf<"roster"> = { rows: [{ name: "x", posted: true }] };
const unread: Answer = { unread: { numerator: "24a" } };
// @ts-expect-error A decimal is a text.
const wrong: AnswerOf<"quantity"> = { quantity: 4.5 };
// @ts-expect-error A person's own verdict is never *invalid*.
const own: AnswerOf<"attestation"> = { verdict: "invalid" };

// What is read is told apart by its kind and by its status.
for (const item of report.items) {
  if (item.kind === "ratio") {
    const share: number | undefined = item.answer?.numerator;
    // @ts-expect-error That is a count's.
    item.answer?.count;
    console.log(share, item.computed?.percent);
  }
}
function labelOf(item: Item): string | undefined {
  if (item.kind === "deadline") return Object.keys(item.due)[0];
  if (item.kind === "count") return item.label.vi;
  // @ts-expect-error May be absent here.
  return item.label.vi;
}
if (report.inspection.status === "completed") {
  const at: string = report.inspection.completedAt;
  console.log(at);
}

// Events, on the element and on what is around it.
element.addEventListener("tkt-change", (event) => {
  const changed: Verdict[] = event.detail.items.map((item) => item.verdict);
  console.log(event.detail.inspectionId, changed);
  // @ts-expect-error That is told by another event.
  event.detail.report;
});
document.addEventListener("tkt-export", (event) => {
  event.preventDefault();
  const taken: Report = event.detail.report;
  console.log(taken);
});
element.addEventListener("tkt-saved", ({ detail }) => console.log(detail.at, detail.items[0]?.revision));
element.addEventListener("tkt-save-error", ({ detail }) => console.log(detail.reason === "quota", detail.pending));
element.addEventListener("tkt-upload", ({ detail }) => console.log(detail.state));
element.addEventListener("tkt-error", ({ detail }) => console.log(detail.code === "program-stopped", detail.message));
element.addEventListener("tkt-ready", () => {}, { once: true });
element.addEventListener("click", (event) => console.log(event.clientX));
// @ts-expect-error No such reason for a listener of this event.
element.addEventListener("tkt-saved", (event: CustomEvent<{ report: Report }>) => console.log(event));

// Errors have codes; later versions may have more.
function explain(error: TuKiemTraError): string {
  if (error.code === "import-conflict") return "there already";
  const anything: string = error.code;
  return anything;
}

console.log(verdict, exported, hours, roster, unread, wrong, own, labelOf, explain);
