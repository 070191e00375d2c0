// Trang WebForms nghe phím Enter trên cả trang để bấm nút mặc định. Đoạn này giữ phím gõ trong biểu mẫu tự kiểm tra
// lại cho biểu mẫu: Enter trong đó xuống dòng hay bấm nút như bình thường, và trang không bị gửi đi.
//
// (WebForms listens for Enter all over the page, to press its default button. What is typed in the self-inspection
// form stays there: Enter then does what it does in its fields, and the page is not sent.)

for (const element of document.querySelectorAll("tu-kiem-tra")) {
  for (const type of ["keydown", "keypress", "keyup"]) {
    element.addEventListener(type, (event) => event.stopPropagation());
  }
}
