// A host page that holds the element in an iframe. Compiled, never run.

import { connect, type Report, type TuKiemTraFrame } from "tu-kiem-tra/frame";

const iframe = document.querySelector("iframe");
if (!iframe) throw new Error("no iframe");
const frame: TuKiemTraFrame = connect(iframe);

frame.set("unit-name", "UBND phường An Bình");
const id: string = await frame.startInspection({ checklist: "sa-dec-2023", unit: { name: "x" }, period: "2026" });
frame.addEventListener("tkt-export", (event) => {
  const report: Report = event.detail.report;
  console.log(report, id);
});
frame.set("period", null);
frame.set("uploadHeaders", { "X-CSRF-Token": "x" });
frame.set({ "upload-url": "https://nhan.example/reports", uploadHeaders: null, uploadCredentials: "omit" });
frame.disconnect();
const other: TuKiemTraFrame = connect(iframe, { takeOverExports: true, resize: false });

// @ts-expect-error Attributes have the names that they have in HTML.
frame.set("unitName", "x");
// @ts-expect-error A function can't be handed to another page.
frame.set("uploadHeaders", () => ({}));
// @ts-expect-error There is no such setting.
frame.set({ unitName: "x" });
// @ts-expect-error An iframe, not what it holds.
connect(document.createElement("tu-kiem-tra"));
// @ts-expect-error That is told by another event.
frame.addEventListener("tkt-saved", (event) => event.detail.report);
// @ts-expect-error No such option.
connect(iframe, { height: 400 });

console.log(other);
