//! Pages of other origins: they may upload if they are allowed, and nothing more.

use hyper::Request;

use crate::support::{Answer, Running, Sample, posted, send};

const PORTAL: &str = "https://portal.example";

async fn preflight(running: &Running, origin: &str, headers: &str) -> Answer {
    let asked = Request::options(running.url("/reports"))
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", headers);
    send(asked, Vec::new()).await
}

fn allowed_headers(answer: &Answer) -> Vec<String> {
    let names = answer.header("access-control-allow-headers").split(',');
    names.map(|name| name.trim().to_owned()).collect()
}

#[tokio::test]
async fn nobody_is_let_in_unless_named() {
    let closed = Running::start(&[]);
    let open = Running::start(&["--allow-origin", PORTAL]);
    for (running, origin) in [
        (&closed, PORTAL),
        (&open, "https://portal.example.org"),
        (&open, "http://portal.example"),
        (&open, "null"),
    ] {
        let answer = preflight(running, origin, "content-type,idempotency-key").await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        let report = Sample::golden("completed.json");
        let sent = posted(&running.url("/reports")).header("origin", origin);
        let answer = send(sent.header("idempotency-key", &report.sha256), report.bytes).await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
}

#[tokio::test]
async fn a_named_portal_may_upload_and_read_the_answer() {
    let options = ["--allow-origin", "http://127.0.0.1:8080", "--allow-origin", PORTAL];
    let running = Running::start(&options);
    let answer = preflight(&running, PORTAL, "content-type,idempotency-key").await;
    assert!(answer.status.is_success());
    assert_eq!(answer.header("access-control-allow-origin"), PORTAL);
    assert_eq!(answer.header("access-control-allow-methods"), "POST");
    assert_eq!(allowed_headers(&answer), ["content-type", "idempotency-key"]);
    assert_eq!(answer.header("access-control-allow-credentials"), "");
    assert!(answer.header("vary").to_lowercase().contains("origin"));

    let report = Sample::golden("completed.json");
    let url = running.url("/reports");
    let sent = posted(&url).header("origin", PORTAL).header("idempotency-key", &report.sha256);
    let answer = send(sent, report.bytes.clone()).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("access-control-allow-origin")),
        (201, PORTAL)
    );
    assert_eq!(answer.header("access-control-expose-headers"), "retry-after,date");
    // The portal has to be able to show the person the reason.
    let refused = send(posted(&url).header("origin", PORTAL), report.bytes.clone()).await;
    assert_eq!(refused.header("access-control-allow-origin"), PORTAL);
    assert_eq!(refused.header("access-control-expose-headers"), "retry-after,date");
    refused.refusal(400);

    for path in ["/reports", "/reports.json", &format!("/reports/{}", report.sha256)] {
        let answer =
            send(Request::get(running.url(path)).header("origin", PORTAL), Vec::new()).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path} is not the portal's");
    }
}

#[tokio::test]
async fn what_the_portal_sends_besides_is_allowed_when_named() {
    let options = [
        "--allow-header",
        "X-CSRF-Token",
        "--allow-header",
        "Authorization",
        "--allow-credentials",
        "--token",
        "secret",
    ];
    let running = Running::start(&[&["--allow-origin", PORTAL][..], &options].concat());
    // Browsers send a preflight before the token.
    let answer = preflight(&running, PORTAL, "content-type,idempotency-key,x-csrf-token").await;
    assert!(answer.status.is_success());
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    // Each once, including one that is always allowed.
    let names = ["content-type", "idempotency-key", "authorization", "x-csrf-token"];
    assert_eq!(allowed_headers(&answer), names);
    let refused = send(posted(&running.url("/reports")).header("origin", PORTAL), Vec::new()).await;
    assert_eq!(refused.header("access-control-allow-origin"), PORTAL);
    refused.refusal(401);
}
