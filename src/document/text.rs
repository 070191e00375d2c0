//! The texts of the document. They are not in `locales/`: those are in the language of the page,
//! and a document of a Vietnamese office is in Vietnamese for everyone.

/// The country's name.
pub const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// The country's motto.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";

/// The number and the symbol.
pub const NUMBER: &str = "Số: {number}/{symbol}";
/// The place and the date.
pub const PLACE_AND_DATE: &str = "{place}, {date}";
/// A date.
pub const DATE: &str = "ngày {day} tháng {month} năm {year}";
/// The symbol of a report of a People's Committee: the kind, then the body.
pub const SYMBOL_OF_COMMITTEE: &str = "BC-UBND";
/// The symbol of a report whose body has none yet.
pub const SYMBOL: &str = "BC-{room}";

/// A period between any two days, as it is written inside a sentence.
pub const DAYS: &str = "từ ngày {first} đến ngày {last}";
/// A period of one day.
pub const ONE_DAY: &str = "ngày {first}";

/// The kind of document.
pub const KIND: &str = "BÁO CÁO";
/// The subject, from the checklist's title and the period.
pub const SUBJECT: &str = "Kết quả {what} {period}";

/// The authority and office of the signer for a People's Committee.
pub const SIGNER_OF_COMMITTEE: &str = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH";
/// The words before the addressees.
pub const ADDRESSED_TO: &str = "Kính gửi:";
/// The heading of the list of recipients of copies.
pub const COPIES_TO: &str = "Nơi nhận:";
/// The recipients of a report that goes to the body above.
pub const RECIPIENTS: &str = "Như trên;\nLưu: VT.";

/// The opening sentence, before the first part.
pub const OPENING: &str = "Thực hiện văn bản{number} {date} của {issuer}{subject}, {unit} báo cáo kết quả tự kiểm tra {period} như sau:";
/// The opening sentence for a set that no authority issued.
pub const OPENING_REFERENCE: &str = "Theo bộ tham khảo “{checklist}” do {issuer} soạn, không phải văn bản của cơ quan có thẩm quyền, {unit} báo cáo kết quả tự kiểm tra {period} như sau:";
/// The basis of the figures of such a set.
pub const REFERENCE_BASIS: &str = "Nội dung và con số của bộ tham khảo lấy từ: {basis}.";
/// The checklist's note, with its day.
pub const NOTE: &str = "Ghi chú về danh mục (ngày {date}): {note}";
/// The number of the directive, in [`OPENING`].
pub const OPENING_NUMBER: &str = " số {number}";
/// The subject of the directive, in [`OPENING`].
pub const OPENING_SUBJECT: &str = " về việc {subject}";
/// The abbreviation with which directives begin their subject; in a sentence it is written out.
pub const SUBJECT_SHORT: &str = "V/v ";
/// The line after the last part, with the sign that ends a document.
pub const CLOSING: &str = "Trên đây là báo cáo kết quả tự kiểm tra {period} của {unit}./.";

/// The numbers of the parts.
pub const PARTS: [&str; 6] = ["I", "II", "III", "IV", "V", "VI"];
/// The headings of the parts.
pub const GENERAL: &str = "TÌNH HÌNH CHUNG";
pub const RESULTS: &str = "KẾT QUẢ TỰ KIỂM TRA";
pub const COMPARED: &str = "SO VỚI KỲ TRƯỚC";
pub const FINDINGS: &str = "NỘI DUNG CHƯA ĐẠT VÀ BIỆN PHÁP KHẮC PHỤC";
pub const DIFFICULTIES: &str = "KHÓ KHĂN, VƯỚNG MẮC";
pub const PROPOSALS: &str = "ĐỀ XUẤT, KIẾN NGHỊ";

/// The subject of the inspection, and the day as of which it was judged.
pub const SCOPE: &str = "Nội dung kiểm tra theo danh mục “{checklist}”; kỳ kiểm tra: {period}; kết quả tính đến ngày {date}.";
pub const INSPECTORS: &str = "Người thực hiện tự kiểm tra: {names}.";
pub const IN_PROGRESS: &str = "Đợt tự kiểm tra chưa kết thúc tại thời điểm lập báo cáo.";
pub const INCOMPLETE: &str = "Lý do kết thúc khi còn nội dung chưa đánh giá: {reason}";

/// The figures in a sentence.
pub const TALLY: &str = "Tổng số {total} nội dung phải kiểm tra, trong đó: {verdicts}.";
/// The share that is met. Items that don't apply or have no case are left out of both numbers.
pub const SHARE: &str = "Tỷ lệ đạt trên số nội dung có áp dụng: {percent} ({of}).";
pub const TALLY_PART: &str = "{verdict} {count} nội dung";
pub const DETAILS_IN_ANNEX: &str = "Kết quả từng nội dung có trong Phụ lục kèm theo.";

/// The caption of a table that the text refers to by number.
pub const TABLE: &str = "Bảng {number}. {what}";
pub const AREAS_TABLE: &str = "Kết quả theo lĩnh vực";
/// The description of the chart of the first table, for people who don't see it.
pub const AREAS_CHART: &str = "Biểu đồ kết quả theo lĩnh vực; số liệu có trong Bảng 1.";
pub const FINDINGS_TABLE: &str = "Nội dung chưa đạt hoặc mới đạt một phần";
pub const NO_FINDINGS: &str = "Không có nội dung nào chưa đạt.";
pub const NO_FINDINGS_YET: &str = "Trong các nội dung đã đánh giá, không có nội dung nào chưa đạt.";

/// The comparison of the inspection with the one before.
pub const COMPARED_SUMMARY: &str = "Kỳ này có {met}/{total} nội dung có áp dụng đạt yêu cầu; kỳ trước ({period}) có {then-met}/{then-total}. So với kỳ trước: tốt lên {rose} nội dung; kém đi {fell} nội dung; mới được đánh giá {new} nội dung; tồn tại từ 3 lần kiểm tra liên tiếp trở lên {lasting} nội dung.";
pub const PERIODS_TABLE: &str = "Tỷ lệ đạt qua các kỳ";
/// The description of the chart beside that table, for people who don't see it.
pub const PERIODS_CHART: &str = "Biểu đồ tỷ lệ đạt qua các kỳ; số liệu có trong bảng bên trên.";
pub const NOT_YET_MET: &str = "Chưa đạt";
pub const CHANGES_TABLE: &str = "Nội dung có thay đổi so với kỳ trước hoặc tồn tại kéo dài";
pub const FELL: &str = "Kém đi: {count}";
pub const LASTING: &str = "Tồn tại từ 3 lần kiểm tra liên tiếp trở lên: {count}";
pub const ROSE: &str = "Tốt lên: {count}";
pub const TIMES: &str = "Tồn tại {count} lần kiểm tra liên tiếp";
pub const NOT_ASKED: &str = "Không phải kiểm tra";
pub const PERIOD: &str = "Kỳ";
pub const MET: &str = "Số nội dung đạt";
pub const MEETABLE: &str = "Số nội dung có áp dụng";
pub const SHARE_MET: &str = "Tỷ lệ đạt";
pub const WAITING: &str = "Chưa đánh giá hoặc cần sửa";
pub const THEN: &str = "Kỳ trước";
pub const NOW: &str = "Kỳ này";

/// The heads of the columns.
pub const ORDINAL: &str = "TT";
pub const ITEM_NUMBER: &str = "Mục";
pub const AREA: &str = "Lĩnh vực";
pub const TOTAL: &str = "Tổng số";
pub const SUM: &str = "Cộng";
pub const REQUIREMENT: &str = "Nội dung";
pub const RESULT_AND_CAUSE: &str = "Kết quả, nguyên nhân";
pub const ACTION: &str = "Biện pháp khắc phục";
pub const IN_CHARGE: &str = "Người chịu trách nhiệm";
pub const DUE_AND_STATE: &str = "Thời hạn, tình trạng";
pub const REQUIREMENT_AND_CLAUSE: &str = "Nội dung (vị trí trong văn bản)";
pub const RESULT: &str = "Kết quả";
pub const FIGURES: &str = "Số liệu, thông tin";
pub const REASON_AND_NOTE: &str = "Nguyên nhân, ghi chú";

/// The things that are missing for a verdict, as a statement: the page asks for them instead.
pub const NO_OWN_TARGET: &str = "Chưa có chỉ tiêu của đợt này";
pub const NO_OWN_DUE: &str = "Chưa có hạn của đợt này";

pub const DUE: &str = "Hạn: {date}";
pub const DONE_ON: &str = "Ngày xong: {date}";
pub const PROOF: &str = "Căn cứ: {proof}";
pub const EVIDENCE: &str = "Minh chứng: {what}";
/// The reference to a photo, after the name of its file.
pub const SEE: &str = "Ảnh {number}";

/// The photos.
pub const PHOTOS: &str = "Ảnh minh chứng";
pub const PHOTO: &str = "Ảnh {number} ({items}): {what}";
pub const OF_ITEM: &str = "mục {number}";
pub const OF_EARLIER_ITEM: &str = "mục {number} của phiên bản {version}";

/// The annex. By Decree 30/2020/NĐ-CP, Appendix I, part III, point 1 b, this word is in ordinary
/// letters and the annex's title in capitals.
pub const ANNEX: &str = "Phụ lục";
pub const ANNEX_SUBJECT: &str = "KẾT QUẢ CHI TIẾT TỪNG NỘI DUNG KIỂM TRA";
pub const BELONGS_TO: &str = "(Kèm theo Báo cáo số {number}/{symbol} {date} của {agency})";
pub const ROWS_TABLE: &str = "Bảng kê của mục {number}: {what}";
pub const EARLIER: &str = "Nội dung của phiên bản trước";
pub const EARLIER_TEXT: &str = "Các câu trả lời theo phiên bản {version} của danh mục không có chỗ trong phiên bản hiện hành và không tính vào kết quả.";

/// The words by which an item asks for difficulties.
pub const DIFFICULT: [&str; 2] = ["khó khăn", "vướng mắc"];

/// The abbreviations of bodies in the names of units, and the names in a document.
pub const BODIES: [(&str, &str); 2] = [("UBND", "Ủy ban nhân dân"), ("HĐND", "Hội đồng nhân dân")];
/// The kinds of units whose name begins with their kind.
pub const KINDS_OF_PLACE: [&str; 4] = ["phường", "xã", "thị trấn", "đặc khu"];

/// Room for a word, to be filled in by hand.
pub const DOTS: &str = "……………………";
/// Room for a number.
pub const BLANK: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
