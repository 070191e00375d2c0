// The work that every peer does: items in ten sections of equal size.

export const counts = [60, 1000];
export const choices = ["Đạt", "Đạt một phần", "Chưa đạt", "Không áp dụng"];

export const sections = (count) =>
  Array.from({ length: 10 }, (_, section) => ({
    title: `Phần ${section + 1}`,
    items: Array.from({ length: count / 10 }, (_, index) => {
      const place = (section * count) / 10 + index;
      return {
        place,
        text: `Thủ tục thứ ${place} được niêm yết tại bộ phận Một cửa và trên trang thông tin.`,
        ratio: place % 5 === 4,
      };
    }),
  }));
