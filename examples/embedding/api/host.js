// Trang chủ dùng mọi phương thức và nghe mọi sự kiện của <tu-kiem-tra>.
// (A host that uses every method and hears every event.)
//
// Phương thức nào cũng trả về promise, và chờ đến khi biểu mẫu sẵn sàng; gọi ngay từ đầu cũng được.
// (Each method gives a promise and waits for the form by itself: it may be called at once.)

const element = document.querySelector("tu-kiem-tra");
const report = document.getElementById("report");

const show = (value) => JSON.stringify(value, null, 2);

/** Chạy một việc, rồi cho xem kết quả hoặc mã lỗi. Mã thì không đổi, còn câu chữ có thể đổi.
    (Does something and shows what came of it. Rely on an error's code, not on its words.) */
async function attempt(work) {
  const [error, outcome] = ["error", "outcome"].map((id) => document.getElementById(id));
  error.hidden = true;
  outcome.textContent = "…";
  try {
    outcome.textContent = await work();
  } catch (failure) {
    outcome.textContent = "";
    error.hidden = false;
    error.textContent = `${failure.code ?? failure.name}: ${failure.message}`;
  }
}

function onClick(id, work) {
  document.getElementById(id).addEventListener("click", () => attempt(work));
}

function onSubmit(id, work) {
  document.getElementById(id).addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    attempt(() => work(fields));
  });
}

// Phương thức (methods)

onSubmit("start", async ({ checklist, unit, period }) => {
  const id = await element.startInspection({ checklist, unit: { name: unit, type: "commune" }, period });
  return `Đã bắt đầu ${id}`;
});

onSubmit("answer", async ({ item, answer }) => {
  const verdict = await element.setAnswer(item, JSON.parse(answer));
  return `Kết quả của ${item}: ${verdict}`;
});

onClick("export", async () => {
  report.textContent = show(await element.exportReport());
  return "Đã lấy báo cáo";
});

onSubmit("import", async ({ onConflict }) => {
  const id = await element.importReport(report.textContent, { onConflict });
  return `Đã nhập ${id}`;
});

onClick("flush", async () => {
  await element.flush();
  return "Mọi câu trả lời đã nằm trong máy";
});

onClick("list", async () => `${await list()} đợt`);

/** Danh sách của trang chủ; bấm vào một đợt để mở. (The host's own list.) */
async function list() {
  const inspections = await element.listInspections();
  const entries = inspections.map(({ id, unit, period, status }) => {
    const entry = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.id = id;
    button.textContent = `${unit.name}, ${period} (${status})`;
    button.addEventListener("click", () =>
      attempt(async () => {
        await element.openInspection(id);
        return `Đã mở ${id}`;
      }),
    );
    entry.append(button);
    return entry;
  });
  document.getElementById("inspections").replaceChildren(...entries);
  return inspections.length;
}

// Thuộc tính: lang đổi ngay, các thuộc tính khác điền sẵn lần bắt đầu sau.
// (lang acts at once, the others prefill the next start.)
onSubmit("attributes", async (fields) => {
  for (const [name, value] of Object.entries(fields)) element.setAttribute(name, value);
  return "Đã đặt thuộc tính";
});

// Sự kiện (events)

const EVENTS = [
  "tkt-ready", "tkt-change", "tkt-saved", "tkt-save-error", "tkt-export", "tkt-upload", "tkt-error",
];

for (const type of EVENTS) {
  element.addEventListener(type, ({ detail }) => {
    const entry = document.createElement("li");
    entry.dataset.type = type;
    // Báo cáo thì dài, và đã có chỗ riêng. (The report is long and has a place of its own.)
    const text = type === "tkt-export" ? "{ report }" : JSON.stringify(detail ?? null);
    entry.textContent = `${type} ${text}`;
    document.getElementById("events").prepend(entry);
  });
}

// Khi người dùng bấm “Tệp nộp lên cổng (JSON)”, trang này nhận báo cáo thay cho việc tải tệp về.
// (When a person exports, this page takes the report over: no file is downloaded.)
element.addEventListener("tkt-export", (event) => {
  event.preventDefault();
  report.textContent = show(event.detail.report);
});

for (const type of ["tkt-ready", "tkt-saved"]) {
  element.addEventListener(type, () => list().catch(() => {}));
}
