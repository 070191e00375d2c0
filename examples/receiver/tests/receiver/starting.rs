//! Errors that keep the receiver from starting are sentences that say what to do.

use std::process::Command;

use receiver::{Options, Receiver};

use crate::support::Running;

/// Returns the message about wrong options.
fn refused(arguments: &[&str]) -> String {
    let options = Options::read(arguments.iter().copied());
    options.and_then(Receiver::start).err().map(|failure| failure.to_string()).unwrap_or_default()
}

#[test]
fn wrong_options_are_answered_in_words() {
    for (arguments, answer) in [
        (&["--lisen"][..], "Không có tùy chọn `--lisen`.\n\nreceiver [TÙY CHỌN]"),
        (&["reports.sqlite"], "Không có tùy chọn `reports.sqlite`."),
        (&["--listen"], "`--listen` cần địa chỉ IP và cổng"),
        (&["--listen=8090"], "`--listen` cần địa chỉ IP và cổng"),
        (&["--listen", "localhost:99999"], "`--listen` cần địa chỉ IP và cổng"),
        (&["--database="], "`--database` cần tên tệp"),
        (&["--token", ""], "Mã của `--token` phải gồm"),
        (&["--token", "hai từ"], "Mã của `--token` phải gồm"),
        (&["--read-token="], "Mã của `--read-token` phải gồm"),
        (&["--read-token", "mã"], "Mã của `--read-token` phải gồm"),
        (&["--token", "a", "--read-token", "a"], "Mã gửi và mã xem phải khác nhau"),
        (&["--senders", "khong-co.txt"], "Không đọc được tệp người gửi khong-co.txt"),
        (&["--connections", "0"], "`--connections` cần một số từ 1 đến 10000"),
        (&["--memory", "19"], "`--memory` cần một số từ 20 đến 4000"),
        (&["--memory=nhiều"], "`--memory` cần một số từ 20 đến 4000"),
        (&["--allow-host", ""], "`--allow-host` cần một tên hay địa chỉ"),
        (&["--allow-host", "http://a"], "`--allow-host` cần một tên hay địa chỉ"),
        (&["--allow-host", "a.example:80"], "`--allow-host` cần một tên hay địa chỉ"),
        (&["--allow-host", "a@b.example"], "`--allow-host` cần một tên hay địa chỉ"),
        (&["--allow-origin", "*"], "`--allow-origin` cần một nguồn như"),
        (&["--allow-origin", "portal.example"], "`--allow-origin` cần một nguồn như"),
        (&["--allow-origin", "https://portal.example/"], "`--allow-origin` cần một nguồn như"),
        (&["--allow-origin", "https://Portal.example"], "`--allow-origin` cần một nguồn như"),
        (&["--allow-origin", "https://a@portal.example"], "`--allow-origin` cần một nguồn như"),
        (&["--allow-header", "x y"], "`--allow-header` cần tên một tiêu đề HTTP"),
        (&["--allow-header", "x-csrf-token"], "`--allow-header` và `--allow-credentials` chỉ có"),
        (&["--allow-credentials"], "`--allow-header` và `--allow-credentials` chỉ có"),
    ] {
        let said = refused(arguments);
        assert!(said.starts_with(answer), "{arguments:?}: {said}");
    }
}

#[test]
fn a_taken_port_is_named() {
    let running = Running::start(&[]);
    let address = running.url("").replace("http://", "");
    let database = running.database();
    let said = refused(&["--listen", &address, "--database", database.to_str().unwrap()]);
    assert!(
        said.starts_with(&format!("Không nhận được kết nối tại {address}: hãy dừng")),
        "{said}"
    );
}

#[test]
fn databases_of_others_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other");
    let name = path.to_str().unwrap();
    let said = |path: &str| refused(&["--listen", "127.0.0.1:0", "--database", path]);

    let missing = said(folder.path().join("none/reports.sqlite").to_str().unwrap());
    assert!(missing.contains("hãy kiểm tra thư mục có tồn tại"), "{missing}");
    let directory = said(folder.path().to_str().unwrap());
    assert!(directory.contains("hãy kiểm tra thư mục có tồn tại"), "{directory}");

    let text = "Đây là một tệp văn bản, không phải cơ sở dữ liệu. ".repeat(40);
    std::fs::write(&path, &text).unwrap();
    assert!(said(name).starts_with(&format!("Không dùng được cơ sở dữ liệu {name}: hãy chọn")));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);

    std::fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE note (text)").unwrap();
    assert!(said(name).contains("là cơ sở dữ liệu của chương trình khác"), "{}", said(name));

    let newer = Running::start(&[]).folder;
    let path = crate::support::database(newer.path());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 3).unwrap();
    let said = said(path.to_str().unwrap());
    assert!(said.contains("do phiên bản mới hơn của chương trình này tạo ra"), "{said}");
}

#[test]
fn the_command_says_how_it_is_used() {
    let run = |argument: &str| {
        Command::new(env!("CARGO_BIN_EXE_receiver")).arg(argument).output().unwrap()
    };
    let help = run("--help");
    assert!(help.status.success());
    assert_eq!(String::from_utf8(help.stdout).unwrap(), receiver::USAGE);
    let wrong = run("--what");
    assert!(!wrong.status.success());
    assert!(String::from_utf8(wrong.stderr).unwrap().starts_with("receiver: Không có tùy chọn"));
}
