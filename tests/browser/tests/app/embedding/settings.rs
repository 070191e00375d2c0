//! The settings by the page around an iframe: they are applied completely or refused at once, and
//! headers for reports go only to the address for which they were set.

use anyhow::Result;
use browser_tests::{Page, STRICT_POLICY, Server, TestResult};
use serde_json::json;

use super::host::{Allowed, EMBED, call, guest, guest_site, host, wait_to_hear};
use crate::support::receiver::{Receiver, Reply};
use crate::support::start::Start;

#[tokio::test]
async fn what_cannot_go_through_is_refused_and_changes_nothing() -> TestResult {
    let allowed = Allowed::default();
    let guest = guest(&allowed)?;
    host(&guest)
        .run(async |stage| {
            allowed.set(&json!({ "origins": [stage.server.url("")] }).to_string());
            let page = stage.goto("/").await?;
            let given = json!({
                "page": guest.url("/tkt/embed.html"),
                "script": guest.url("/tkt/tu-kiem-tra-frame.js"),
            });
            page.evaluate(EMBED, given).await?;
            let frame = page.in_frame(0);
            let set = "
                const outcome = (...given) => {
                  try {
                    return __frame.set(...given) ?? 'set';
                  } catch ({ code }) {
                    return code;
                  }
                };
                return [
                  outcome('uploadHeaders', { 'x-csrf-token': '1' }),
                  outcome('uploadHeaders', async () => ({ 'x-csrf-token': '2' })),
                  outcome({ lang: 'en', uploadHeaders: { 'x-csrf-token'() {} } }),
                  outcome({ 'unit-name': 'Xã A', uploadCredentials: 'omit' }),
                ];
            ";
            let is_set = "return [
                element.uploadHeaders, element.uploadCredentials, element.lang, element.unitName];";
            // Before and after the page inside is loaded, and after a reload.
            for loaded in 1..=3 {
                if loaded < 3 {
                    let outcome = page.evaluate(set, json!(null)).await?;
                    assert_eq!(outcome, json!(["set", "bad-arguments", "bad-arguments", "set"]));
                }
                wait_to_hear(&page, "tkt-ready", loaded).await?;
                assert_eq!(call(&page, "flush", json!([])).await?, json!({ "value": null }));
                let now = frame.evaluate(is_set, json!(null)).await?;
                assert_eq!(now, json!([{ "x-csrf-token": "1" }, "omit", "", "Xã A"]), "{loaded}");
                if loaded < 3 {
                    frame.evaluate("location.reload();", json!(null)).await?;
                }
            }
            Ok(())
        })
        .await
}

/// A receiver with its server, which answers that it does not know the sender.
struct Place(Receiver, Server);

impl Place {
    fn start() -> Result<Self> {
        let receiver = Receiver::default();
        receiver.will(vec![Reply::status(401, ""); 20]);
        let server = receiver.server()?;
        Ok(Self(receiver, server))
    }

    fn url(&self) -> String {
        self.1.url("/nhan")
    }

    /// Returns the tokens that came with the reports.
    fn tokens(&self) -> Vec<Option<String>> {
        let attempts = self.0.attempts().into_iter();
        attempts.map(|mut request| request.headers.remove("x-csrf-token")).collect()
    }

    /// Waits until an attempt arrives here. The person sends again if it isn't sent automatically.
    async fn wait_for_attempt(&self, frame: &Page, before: usize) -> Result<()> {
        let again = "
            if (element.uploadUrl !== given) return;
            root.querySelector('[data-action=upload-again]:enabled')?.click();
        ";
        frame
            .wait_for("the report to come to its address", async |frame| {
                let has_come = self.tokens().len() > before;
                if !has_come {
                    frame.evaluate(again, json!(self.url())).await?;
                }
                Ok(has_come)
            })
            .await
    }
}

/// Records the headers to be sent at the moment at which the address changes.
const WATCH: &str = "
    window.__met = [];
    const note = () => __met.push([element.uploadUrl, element.uploadHeaders['x-csrf-token']]);
    new MutationObserver(note).observe(element, { attributeFilter: ['upload-url'] });
";

#[tokio::test]
async fn headers_come_only_to_the_address_they_were_set_for() -> TestResult {
    let (one, other) = (Place::start()?, Place::start()?);
    let allowed = Allowed::default();
    let policy =
        STRICT_POLICY.replace("connect-src 'self'", "connect-src 'self' http://127.0.0.1:*");
    let guest = Server::start(guest_site(&allowed)?.policy(&policy))?;
    host(&guest)
        .allow_problem("/nhan")
        .run(async |stage| {
            allowed.set(&json!({ "origins": [stage.server.url("")] }).to_string());
            let page = stage.goto("/").await?;
            let script = guest.url("/tkt/tu-kiem-tra-frame.js");
            let given = json!({ "page": guest.url("/tkt/embed.html"), "script": script });
            page.evaluate(EMBED, given).await?;
            wait_to_hear(&page, "tkt-ready", 1).await?;
            let frame = page.in_frame(0);
            frame.evaluate(WATCH, json!(null)).await?;
            let together = "
                const [url, token] = given;
                __frame.set({ 'upload-url': url, uploadHeaders: { 'x-csrf-token': token } });
            ";
            page.evaluate(together, json!([one.url(), "of one"])).await?;
            Start::default().run(&frame).await?;
            frame.item("thrift").choose("met").await?;
            frame.wait_for_save_state("saved").await?;
            frame.action("result").click().await?;
            frame.action("upload").click().await?;
            one.wait_for_attempt(&frame, 0).await?;
            let state = frame.find("[data-upload-state]");
            state.wait_for_attribute("data-upload-state", "unauthorized").await?;

            // Both change while a report waits to be sent.
            page.evaluate(together, json!([other.url(), "of the other"])).await?;
            other.wait_for_attempt(&frame, 0).await?;
            state.wait_for_attribute("data-upload-state", "unauthorized").await?;

            // A new connection whose settings meet those of the previous one.
            let anew = "
                const [script, url, token] = given;
                return import(script).then(({ connect }) => {
                  const second = connect(document.querySelector('#frame'));
                  second.set('upload-url', url);
                  second.set('uploadHeaders', { 'x-csrf-token': token });
                });
            ";
            let before = one.tokens().len();
            one.0.will([]);
            page.evaluate(anew, json!([script, one.url(), "of one"])).await?;
            one.wait_for_attempt(&frame, before).await?;
            state.wait_for_attribute("data-upload-state", "uploaded").await?;
            let met = frame.evaluate("return __met;", json!(null)).await?;
            let (of_one, of_other) =
                ([one.url(), "of one".into()], [other.url(), "of the other".into()]);
            assert_eq!(met, json!([of_one, of_other, of_one]));
            assert!(one.tokens().iter().all(|token| token.as_deref() == Some("of one")));
            assert!(other.tokens().iter().all(|token| token.as_deref() == Some("of the other")));
            Ok(())
        })
        .await
}
