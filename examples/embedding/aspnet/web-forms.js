// Bản rút gọn của mã mà ASP.NET WebForms tự thêm vào trang; trang thật đã có sẵn.
// (What ASP.NET WebForms adds to its pages, in short. A real page has it.)

const form = document.getElementById("aspnetForm");

function __doPostBack(target, argument) {
  form.elements["__EVENTTARGET"].value = target;
  form.elements["__EVENTARGUMENT"].value = argument;
  form.submit();
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-postback]");
  if (!link) return;
  event.preventDefault();
  __doPostBack(link.dataset.postback, "");
});

// Nút mặc định: Enter ở bất cứ đâu, trừ trên nút, liên kết và ô nhiều dòng. (Panel.DefaultButton.)
form.addEventListener("keypress", (event) => {
  if (event.key !== "Enter" || event.target.matches("textarea, a, button, [type=submit], [type=button]")) return;
  event.preventDefault();
  document.getElementById(form.dataset.defaultButton).click();
});
