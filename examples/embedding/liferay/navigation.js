// Điều hướng không tải lại trang, theo cách của SennaJS trong Liferay: bấm một liên kết thì chỉ thay nội dung của
// trang. Biểu mẫu bị gỡ khỏi trang rồi được đặt lại; câu trả lời vẫn còn. Cổng thật đã có sẵn phần này.
//
// (Navigation without a reload, as SennaJS does it in Liferay: a link replaces the content of the page. The form is
// taken out and put back, and the answers are still there. A real portal has this of its own.)

const REPLACED = ["#content", ".navbar"];

/** Only the last of several quick clicks counts. */
let latest = 0;

async function show(address) {
  const mine = ++latest;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  if (mine !== latest) return false;
  document.title = next.title;
  for (const selector of REPLACED) {
    document.querySelector(selector).replaceWith(next.querySelector(selector));
  }
  return true;
}

addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || event.defaultPrevented) return;
  // Liên kết ra ngoài, tải tệp hay mở thẻ mới thì để trình duyệt làm. (The rest is the browser's.)
  if (link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
  event.preventDefault();
  try {
    if (!(await show(link.href))) return;
    history.pushState(null, "", link.href);
    scrollTo(0, 0);
  } catch {
    location.href = link.href;
  }
});

addEventListener("popstate", () => show(location.href).catch(() => location.reload()));
