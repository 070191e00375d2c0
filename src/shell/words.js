// The messages that the program can't show itself, because it is not there or has stopped.

export const WORDS = {
  vi: {
    loading: "Đang mở biểu mẫu tự kiểm tra…",
    loadFailed: "Không tải được biểu mẫu tự kiểm tra.",
    noWebAssembly:
      "Trình duyệt này không có hoặc đã tắt WebAssembly (trên iPad: chế độ phong tỏa). Hãy bật lại, hoặc mở trang bằng trình duyệt khác.",
    tooOld:
      "Trình duyệt này quá cũ. Hãy cập nhật, hoặc dùng bản mới của Chrome, Cốc Cốc, Edge, Firefox hay Safari.",
    policy:
      "Chính sách bảo mật của trang không cho phép. Hãy báo người quản trị trang thêm vào Content-Security-Policy: {name}",
    broken: "Chương trình không khởi động được. Hãy tải lại trang.",
    forbidden:
      "Máy chủ không cho đọc tệp {name}. Hãy báo người quản trị trang.",
    unavailable: "Máy chủ đang quá tải hoặc có lỗi. Hãy thử lại sau ít phút.",
    missing:
      "Máy chủ không có tệp {name}. Hãy báo người quản trị trang chép lại đủ các tệp của bản phát hành.",
    altered:
      "Tệp {name} không đúng như trong bản phát hành. Hãy báo người quản trị trang chép lại các tệp và xóa bộ nhớ đệm của máy chủ.",
    unreachable: "Hãy kiểm tra kết nối mạng rồi tải lại trang.",
    otherOrigin:
      "Hãy kiểm tra kết nối mạng rồi tải lại trang. Nếu mạng vẫn tốt, hãy báo người quản trị máy chủ {name} cho phép trang này dùng tệp của máy chủ (Access-Control-Allow-Origin).",
    stopped: "Biểu mẫu tự kiểm tra đã dừng vì một lỗi của chương trình.",
    kept:
      "Những gì đã nhập được giữ trên máy này. Hãy tải lại trang để làm tiếp, và xem lại nội dung nhập sau cùng.",
    exposed:
      "Những gì nhập sau cùng chưa lưu được vào máy này và sẽ mất khi tải lại trang. Trước khi tải lại, hãy chép lại những gì còn đọc được bên dưới.",
    details: "Chi tiết cho người quản trị:",
    reload: "Tải lại trang",
    reloading: "Đang tải lại…",
  },
  en: {
    loading: "Opening the self-inspection form…",
    loadFailed: "The self-inspection form could not be loaded.",
    noWebAssembly:
      "This browser has no WebAssembly, or it is switched off (on an iPad: Lockdown Mode). Switch it on, or open the page in another browser.",
    tooOld: "This browser is too old. Update it, or use a recent Chrome, Cốc Cốc, Edge, Firefox or Safari.",
    policy:
      "The page's security policy does not allow it. Ask the page's webmaster to add to Content-Security-Policy: {name}",
    broken: "The program could not be started. Reload the page.",
    forbidden: "The server does not let the file {name} be read. Tell the page's webmaster.",
    unavailable: "The server is overloaded or has a fault. Try again in some minutes.",
    missing:
      "The server does not have the file {name}. Ask the page's webmaster to copy all files of the release again.",
    altered:
      "The file {name} is not as it was released. Ask the page's webmaster to copy the files again and to clear the server's cache.",
    unreachable: "Check the connection and reload the page.",
    otherOrigin:
      "Check the connection and reload the page. If it is good, ask the webmaster of {name} to let this page use its files (Access-Control-Allow-Origin).",
    stopped: "The self-inspection form has stopped because of an error in the program.",
    kept:
      "What was entered is kept on this device. Reload the page to go on, and look again at what you entered last.",
    exposed:
      "What was entered last could not be saved on this device and will be lost when the page is reloaded. Before you reload it, copy down what can still be read below.",
    details: "Details for the webmaster:",
    reload: "Reload the page",
    reloading: "Reloading…",
  },
};
