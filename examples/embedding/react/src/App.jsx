import { useState } from "react";

import { SelfInspection } from "./SelfInspection.jsx";

const UNITS = ["UBND phường Tân Ngãi", "UBND phường Long Châu", "UBND xã Nhơn Phú"];

/** Trang nội bộ có hai mục; biểu mẫu chỉ có trong trang khi mục của nó được mở.
    (Two pages; the form is there only while its page is.) */
export function App() {
  const [page, setPage] = useState("inspection");
  const [unit, setUnit] = useState(UNITS[0]);
  const [language, setLanguage] = useState("vi");
  const [report, setReport] = useState(null);

  const tab = (name, text) => (
    <button type="button" aria-pressed={page === name} onClick={() => setPage(name)}>
      {text}
    </button>
  );

  return (
    <>
      <header>
        <h1>Trang nội bộ phường Tân Ngãi</h1>
        <nav aria-label="Mục">
          {tab("inspection", "Tự kiểm tra")}
          {tab("report", "Báo cáo đã nhận")}
        </nav>
      </header>
      <main>
        {page === "inspection" ? (
          <>
            <div className="bar">
              <label>
                Đơn vị
                <select name="unit" value={unit} onChange={(event) => setUnit(event.target.value)}>
                  {UNITS.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </label>
              <label>
                Ngôn ngữ
                <select name="language" value={language} onChange={(event) => setLanguage(event.target.value)}>
                  <option value="vi">Tiếng Việt</option>
                  <option value="en">English</option>
                </select>
              </label>
            </div>
            <SelfInspection unit={unit} period="2026-Q4" language={language} onReport={setReport} />
          </>
        ) : (
          <Report report={report} />
        )}
      </main>
    </>
  );
}

function Report({ report }) {
  if (!report) return <p className="report">Chưa nhận báo cáo nào.</p>;
  const { inspection, summary } = report;
  return (
    <dl className="report">
      <dt>Đơn vị</dt>
      <dd>{inspection.unit.name}</dd>
      <dt>Kỳ</dt>
      <dd>{inspection.period}</dd>
      <dt>Đã trả lời</dt>
      <dd>
        {summary.answered}/{summary.total}
      </dd>
      <dt>Đạt</dt>
      <dd>{summary.met}</dd>
    </dl>
  );
}
