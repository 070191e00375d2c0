import { useRef, useState } from "react";

/**
 * Biểu mẫu tự kiểm tra như một thành phần React. React 19 tự gắn sự kiện của thẻ tùy biến: `ontkt-saved` nghe
 * "tkt-saved". Viết thuộc tính như trong HTML (`unit-name`): như vậy đúng cả khi tệp mã của biểu mẫu tải xong sau.
 *
 * (The form as a React component. React 19 listens to a custom element's events by itself. Attributes are written as
 * in HTML, which also works before the element's script has arrived.)
 */
export function SelfInspection({ unit, period, language, onReport }) {
  const form = useRef(null);
  const [savedAt, setSavedAt] = useState(null);
  const [error, setError] = useState(null);

  async function takeReport() {
    try {
      onReport(await form.current.exportReport());
      setError(null);
    } catch (failure) {
      setError(`${failure.code}: ${failure.message}`);
    }
  }

  return (
    <section>
      <div className="bar">
        <p role="status">{savedAt ? `Lưu lần cuối lúc ${savedAt}` : "Chưa có gì để lưu"}</p>
        <button type="button" onClick={takeReport}>
          Lấy báo cáo
        </button>
      </div>
      {error && <p role="alert">{error}</p>}
      <tu-kiem-tra
        ref={form}
        checklist="vinh-long-3747-2022"
        unit-name={unit}
        unit-type="commune"
        period={period}
        lang={language}
        ontkt-saved={({ detail }) => setSavedAt(new Date(detail.at).toLocaleTimeString("vi"))}
        ontkt-error={({ detail }) => setError(`${detail.code}: ${detail.message}`)}
        ontkt-export={(event) => {
          // Trang nhận báo cáo thay cho việc tải tệp về. (The page takes the report over.)
          event.preventDefault();
          onReport(event.detail.report);
        }}
      >
        <p>Đang mở biểu mẫu…</p>
      </tu-kiem-tra>
    </section>
  );
}
