// Trao đổi với biểu mẫu ở trong khung. (Talks to the form in the frame.)

import { connect } from "../../dist/tu-kiem-tra-frame.js";

const EVENTS = [
  "tkt-ready", "tkt-change", "tkt-saved", "tkt-save-error", "tkt-export", "tkt-upload", "tkt-error",
];

// Khung cao theo nội dung, nhưng không quá cửa sổ. Thêm { takeOverExports: true } thì khung không tải tệp về nữa: trang
// này nhận báo cáo ở tkt-export.
// (The frame is as high as its content, but no higher than the window. With { takeOverExports: true } it downloads
// nothing: this page gets the report by tkt-export.)
const form = connect(document.getElementById("form"));
const outcome = document.getElementById("outcome");

/** Cho xem một sự kiện. (Shows an event.) */
function log({ type, detail }) {
  const entry = document.createElement("li");
  entry.dataset.type = type;
  const text = type === "tkt-export" ? "{ report }" : JSON.stringify(detail ?? null);
  entry.textContent = `${type} ${text}`;
  document.getElementById("events").prepend(entry);
}

for (const type of EVENTS) form.addEventListener(type, log);

document.getElementById("list").addEventListener("click", async () => {
  try {
    const inspections = await form.listInspections();
    outcome.textContent = `${inspections.length} đợt tự kiểm tra`;
  } catch (failure) {
    outcome.textContent = `${failure.code ?? failure.name}: ${failure.message}`;
  }
});

document.getElementById("english").addEventListener("click", () => form.set("lang", "en"));

document.getElementById("disconnect").addEventListener("click", () => {
  form.disconnect();
  outcome.textContent = "Đã ngừng nghe khung";
});
