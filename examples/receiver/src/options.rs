//! The options of the receiver's command line.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use axum::http::{HeaderName, HeaderValue, Uri};

use crate::failure::Failure;
use crate::guard::Guard;
use crate::hosts::Hosts;
use crate::limits::Limits;
use crate::senders;

/// The text of `--help`.
pub const USAGE: &str = "\
receiver [TÙY CHỌN]: nhận báo cáo tự kiểm tra, kiểm tra, lưu mỗi báo cáo một lần và liệt kê

  --listen ĐỊA-CHỈ:CỔNG    nơi nhận, mặc định 127.0.0.1:8090; cổng 0 là một cổng còn trống
  --database TỆP           cơ sở dữ liệu SQLite, mặc định reports.sqlite; chưa có thì tạo mới
  --token MÃ               chỉ nhận báo cáo có `Authorization: Bearer MÃ`; cũng có thể đặt trong biến
                           môi trường RECEIVER_TOKEN, nơi người khác trên máy không thấy
  --senders TỆP            nhận cả báo cáo của những người gửi có mã riêng: mỗi dòng một tên, dấu cách
                           và mã; báo cáo của người này không thành bản mới hơn của người khác
  --read-token MÃ          chỉ cho xem khi có mã này: là mật khẩu khi trình duyệt hỏi (tên người dùng
                           tùy ý), hoặc `Authorization: Bearer MÃ`; cũng là RECEIVER_READ_TOKEN.
                           Có mã gửi mà không có mã này thì không ai xem được
  --allow-host TÊN         khi không có mã xem: trả lời cả ở tên hay địa chỉ này, ngoài localhost và
                           địa chỉ ở --listen; ghi được nhiều lần
  --allow-origin NGUỒN     cho trang của nguồn này gửi báo cáo tới, ví dụ https://portal.example;
                           ghi được nhiều lần
  --allow-header TÊN       cho trang đó gửi thêm tiêu đề này, ví dụ x-csrf-token; ghi được nhiều lần
  --allow-credentials      cho trang đó gửi kèm cookie
  --connections SỐ         số kết nối cùng lúc, mặc định 256
  --memory MB              bộ nhớ cho báo cáo đang nhận, mặc định 64; cho báo cáo đang gửi ra cũng vậy
";

/// The options of the receiver.
pub struct Options {
    /// The address on which it listens. Port 0 selects a free one.
    pub listen: SocketAddr,
    /// The SQLite file.
    pub database: PathBuf,
    /// The limits of its resources and waiting times.
    pub limits: Limits,
    /// Whether each response is logged to standard error, without its contents.
    pub log: bool,
    pub(crate) guard: Guard,
    pub(crate) hosts: Hosts,
    pub(crate) origins: Vec<HeaderValue>,
    pub(crate) headers: Vec<HeaderName>,
    pub(crate) credentials: bool,
}

impl Options {
    /// Parses options as on a command line.
    ///
    /// # Errors
    /// Fails with a sentence that names the wrong option.
    pub fn read<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Self, Failure> {
        let mut options = Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8090)),
            database: PathBuf::from("reports.sqlite"),
            limits: Limits::default(),
            log: false,
            guard: Guard::default(),
            hosts: Hosts::default(),
            origins: Vec::new(),
            headers: Vec::new(),
            credentials: false,
        };
        let mut rest = arguments.into_iter();
        while let Some(argument) = rest.next() {
            if argument == "--allow-credentials" {
                options.credentials = true;
                continue;
            }
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (argument, None),
            };
            let mut value = || value.or_else(|| rest.next()).unwrap_or_default();
            match name {
                "--listen" => options.listen = address(value())?,
                "--database" => options.database = database(value())?,
                "--token" => options.set_token(value())?,
                "--senders" => options.add_senders(value())?,
                "--read-token" => options.set_read_token(value())?,
                "--allow-host" => options.allow_host(value())?,
                "--allow-origin" => options.origins.push(origin(value())?),
                "--allow-header" => options.headers.push(header(value())?),
                "--connections" => options.limits.connections = number(name, value(), 1, 10_000)?,
                "--memory" => {
                    // Room for at least one report of the largest size.
                    options.limits.memory = number(name, value(), 20, 4_000)? * 1024 * 1024;
                }
                _ => {
                    return Err(Failure::new(format!(
                        "Không có tùy chọn `{argument}`.\n\n{USAGE}"
                    )));
                }
            }
        }
        if options.origins.is_empty() && (options.credentials || !options.headers.is_empty()) {
            return Err(Failure::new(
                "`--allow-header` và `--allow-credentials` chỉ có nghĩa với trang của nguồn khác: \
                 hãy ghi nguồn đó bằng `--allow-origin`.",
            ));
        }
        Ok(options)
    }

    /// Restricts sending to this token and those of the named senders.
    ///
    /// # Errors
    /// Fails with a sentence if a header can't hold the token.
    pub fn set_token(&mut self, token: &str) -> Result<(), Failure> {
        self.add_sender("", "--token", token)
    }

    /// Accepts reports from the senders in a file, too.
    fn add_senders(&mut self, path: &str) -> Result<(), Failure> {
        for (name, token) in senders::read(Path::new(path))? {
            self.add_sender(&name, "--senders", &token)?;
        }
        // A file without senders is a mistake. It must not leave sending open.
        if self.guard.asks_senders() {
            return Ok(());
        }
        Err(Failure::new(format!("Tệp {path} của `--senders` không có người gửi nào.")))
    }

    fn add_sender(&mut self, name: &str, option: &str, token: &str) -> Result<(), Failure> {
        if self.guard.close_sending(name, secret(option, token)?) {
            return Ok(());
        }
        let name = if name.is_empty() { "--token" } else { name };
        Err(Failure::new(format!("Mã của {name} trùng mã của người gửi khác: mỗi người một mã.")))
    }

    fn allow_host(&mut self, name: &str) -> Result<(), Failure> {
        if self.hosts.allow(name) {
            return Ok(());
        }
        Err(Failure::new(format!(
            "`--allow-host` cần một tên hay địa chỉ như nhan.example hoặc 192.168.1.5, không có http:// \
             hay cổng; `{name}` không phải."
        )))
    }

    /// Restricts reading to this token.
    ///
    /// # Errors
    /// Fails with a sentence if a header can't hold the token.
    pub fn set_read_token(&mut self, token: &str) -> Result<(), Failure> {
        self.guard.close_reading(secret("--read-token", token)?);
        Ok(())
    }
}

/// Returns a secret that a header can hold.
fn secret<'a>(option: &str, token: &'a str) -> Result<&'a str, Failure> {
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Failure::new(format!(
            "Mã của `{option}` phải gồm chữ cái không dấu, chữ số hoặc dấu, không có khoảng trắng."
        )));
    }
    Ok(token)
}

fn address(text: &str) -> Result<SocketAddr, Failure> {
    text.parse().map_err(|_| {
        Failure::new(format!(
            "`--listen` cần địa chỉ IP và cổng, như 127.0.0.1:8090 hoặc [::1]:8090; `{text}` không phải."
        ))
    })
}

fn database(text: &str) -> Result<PathBuf, Failure> {
    if text.is_empty() {
        return Err(Failure::new("`--database` cần tên tệp, ví dụ reports.sqlite."));
    }
    Ok(PathBuf::from(text))
}

/// Parses an origin as browsers write it: scheme, host, perhaps a port, and nothing after them.
fn origin(text: &str) -> Result<HeaderValue, Failure> {
    let is_one = text.parse::<Uri>().is_ok_and(|uri| {
        let parts = (uri.scheme_str(), uri.authority());
        matches!(parts, (Some(scheme @ ("http" | "https")), Some(authority))
            if text == format!("{scheme}://{authority}") && !authority.as_str().contains('@'))
    });
    // Browsers write it in lower case and compare it byte by byte.
    let value = HeaderValue::from_str(text).ok().filter(|_| is_one && text == text.to_lowercase());
    value.ok_or_else(|| {
        Failure::new(format!(
            "`--allow-origin` cần một nguồn như https://portal.example hoặc http://127.0.0.1:8080: \
             chữ thường, không có đường dẫn hay dấu / ở cuối; `{text}` không phải."
        ))
    })
}

fn number(option: &str, text: &str, least: usize, most: usize) -> Result<usize, Failure> {
    let read = text.parse().ok().filter(|number| (least..=most).contains(number));
    read.ok_or_else(|| {
        Failure::new(format!("`{option}` cần một số từ {least} đến {most}; `{text}` không phải."))
    })
}

fn header(text: &str) -> Result<HeaderName, Failure> {
    text.parse().map_err(|_| {
        Failure::new(format!(
            "`--allow-header` cần tên một tiêu đề HTTP như x-csrf-token; `{text}` không phải."
        ))
    })
}
