//! Names to which the receiver answers if everybody may read.

use hyper::Request;

use crate::support::{Answer, Running, Sample, posted, send};

async fn asked(running: &Running, host: &str) -> Answer {
    send(Request::get(running.url("/reports.json")).header("host", host), Vec::new()).await
}

#[tokio::test]
async fn a_name_that_somebody_else_chose_is_not_answered() {
    let running = Running::start(&["--allow-host", "Nhan.example", "--allow-host", "192.168.1.5"]);
    for host in
        ["localhost", "LOCALHOST:8090", "a.localhost:1", "127.0.0.1", "127.0.0.2:80", "[::1]:80"]
    {
        assert_eq!(asked(&running, host).await.status, 200, "{host}");
    }
    for host in ["nhan.example", "nhan.example.:443", "192.168.1.5:8090"] {
        assert_eq!(asked(&running, host).await.status, 200, "{host}");
    }
    for host in [
        "",
        "evil.example",
        "evil.example:8090",
        "localhost.evil.example",
        "nhan.example.evil.example",
        "127.0.0.1.evil.example",
        "evil.example@127.0.0.1",
        "192.168.1.6",
        "[::2]",
        "?",
    ] {
        let (error, _) = asked(&running, host).await.refusal(421);
        assert!(error.contains("`--allow-host TÊN`"), "{host}: {error}");
    }
}

#[tokio::test]
async fn such_a_name_may_not_send_either_and_learns_why() {
    let running = Running::start(&[]);
    let report = Sample::golden("completed.json");
    let sent = posted(&running.url("/reports"))
        .header("host", "evil.example")
        .header("idempotency-key", &report.sha256);
    // Larger than a connection's buffers: it is read before it is refused.
    let mut padded = report.bytes.clone();
    padded.resize(10 * 1024 * 1024, b' ');
    send(sent, padded).await.refusal(421);
    assert!(running.listed().await.is_empty());
}

#[tokio::test]
async fn with_a_secret_for_reading_the_name_does_not_matter() {
    let running = Running::start(&["--read-token", "xem"]);
    asked(&running, "portal.example").await.refusal(401);
    let known = Request::get(running.url("/reports.json")).header("authorization", "Bearer xem");
    assert_eq!(send(known.header("host", "portal.example"), Vec::new()).await.status, 200);
}
