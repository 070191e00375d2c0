//! The command: `receiver --listen 127.0.0.1:8090 --database reports.sqlite`. It runs until it is
//! stopped, by Ctrl+C or by the system.

use std::io::Write as _;
use std::process::ExitCode;

use receiver::{Failure, Options, Receiver, USAGE};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        say(USAGE);
        return ExitCode::SUCCESS;
    }
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("receiver: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Failure> {
    let mut options = Options::read(arguments.iter().map(String::as_str))?;
    options.log = true;
    // Everybody on the machine can see a command line.
    if let Ok(token) = std::env::var("RECEIVER_TOKEN") {
        options.set_token(&token)?;
    }
    if let Ok(token) = std::env::var("RECEIVER_READ_TOKEN") {
        options.set_read_token(&token)?;
    }
    let mut receiver = Receiver::start(options)?;
    say(&format!("Đang nhận báo cáo tại {} (Ctrl+C để dừng).\n", receiver.url("/reports")));
    asked_to_stop().map_err(|error| {
        Failure::new(format!("Không chờ được tín hiệu dừng của hệ điều hành: {error}."))
    })?;
    receiver.stop();
    Ok(())
}

/// Waits until the person or the system stops the program.
fn asked_to_stop() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let mut terminated = signal(SignalKind::terminate())?;
            tokio::select! {
                result = tokio::signal::ctrl_c() => result,
                _ = terminated.recv() => Ok(()),
            }
        }
        #[cfg(not(unix))]
        tokio::signal::ctrl_c().await
    })
}

/// Prints a text. A closed output does not matter.
fn say(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
