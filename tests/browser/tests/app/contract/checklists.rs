//! Checklists by URL: valid ones are used and kept, faulty ones are reported.

use anyhow::Context as _;
use browser_tests::{Response, STRICT_POLICY, Server, Site, TestResult};
use serde_json::json;

use super::{report, set_answer};
use crate::support::checklists::{small, text};
use crate::support::scripts;
use crate::support::sites::portal;
use crate::support::start::{Start, inspections};
use crate::support::steps;

#[tokio::test]
async fn one_that_is_fetched_is_kept_with_its_inspection() -> TestResult {
    portal(r#"<tu-kiem-tra checklist="small.json"></tu-kiem-tra>"#)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id =
                Start { checklist: "", questions: &[("inspected", false)], ..Start::default() }
                    .run(&page)
                    .await?;
            let items = page.items().await?;
            assert!(
                items.contains(&"if-not-inspected".to_owned())
                    && !items.contains(&"if-inspected".to_owned())
            );
            page.item("share").field("numerator").type_text("24").await?;
            page.item("share").field("denominator").type_text("25").await?;
            page.wait_for_save_state("saved").await?;
            let before = (report(&page).await?, scripts::fields(&page).await?);
            assert!(
                before.0.pointer("/checklist/definition") == Some(&small()?),
                "it is another checklist"
            );

            // The attribute with its address is gone, and so is the server: the inspection is
            // complete.
            page.reload().await?;
            stage.server.stop();
            steps::open(&page, &id).await?;
            scripts::check_same(&before.1, &scripts::fields(&page).await?)?;
            assert!(report(&page).await? == before.0, "the report is another one");
            stage.server.resume()?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_bad_one_is_told_with_its_problems_and_places() -> TestResult {
    let mut bad = small()?;
    bad["items"][1]["kind"] = json!("ratios");
    bad["items"][2]["target"] = json!({ "own": "about" });
    bad["questions"][0]["id"] = json!("Đã kiểm tra");
    bad["items"][11]["when"]["question"] = json!("inspected-2023");
    portal(
        r#"<tu-kiem-tra checklist="/bad.json" unit-name="Phường 1" period="2022"></tu-kiem-tra>"#,
    )?
    .file("/bad.json", "application/json", bad.to_string())
    .run(async |stage| {
        let page = stage.open("/").await?;
        let told = page.wait_for_events("tkt-error", 1).await?;
        assert_eq!(told[0].get("code"), Some(&json!("invalid-checklist")));
        let notice = steps::notice(&page, "error").await?;
        // Each problem with the JSON pointer of its place.
        for place in ["/questions/0/id", "/items/1/kind", "/items/2/target", "/items/11/when"] {
            assert!(notice.contains(place), "{place} is not in {notice:?}");
        }
        // It can't be started, and the form leads to the cause.
        page.action("start").click().await?;
        page.field("checklist").wait_for_attribute("aria-invalid", "true").await?;
        assert!(inspections(&page).await?.is_empty());
        // Another one can.
        Start { checklist: "vung-tau-2022", ..Start::default() }.run(&page).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn one_that_is_not_there_is_told_and_can_be_tried_again() -> TestResult {
    let answers = std::sync::atomic::AtomicUsize::new(0);
    let body = small()?.to_string();
    portal(r#"<tu-kiem-tra checklist="/late.json" lang="en"></tu-kiem-tra>"#)?
        .route("/late.json", move |_| {
            match answers.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
                0 => Response::new(404, "text/plain", "not yet"),
                _ => Response::new(200, "application/json", body.clone()),
            }
        })
        .allow_problem("404")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let told = page.wait_for_events("tkt-error", 1).await?;
            assert_eq!(told[0].get("code"), Some(&json!("checklist-unreachable")));
            let notice = steps::notice(&page, "error").await?;
            assert!(notice.contains("HTTP 404"), "{notice}");
            assert!(inspections(&page).await?.is_empty());
            // Now the server has the checklist.
            let unit = json!({ "name": "Phường 1" });
            let new = json!({ "checklist": "/late.json", "unit": unit, "period": "2022" });
            page.call("startInspection", json!([new])).await?;
            assert_eq!(set_answer(&page, "attested", json!({ "verdict": "met" })).await?, "met");
            Ok(())
        })
        .await
}

/// Permission for an address doesn't extend to the target of a redirect from there.
#[tokio::test]
async fn a_redirect_is_followed_within_its_origin_alone() -> TestResult {
    let site = Site::default().header("access-control-allow-origin", "*");
    let other = Server::start(site.file("/c.json", "application/json", small()?.to_string()))?;
    let away = other.url("/c.json");
    let policy = ["connect-src 'self' ", &other.url("")].concat();
    portal("<tu-kiem-tra></tu-kiem-tra>")?
        .policy(&STRICT_POLICY.replace("connect-src 'self'", &policy))
        .route("/within", |_| {
            Response::new(302, "text/plain", "").header("location", "/small.json")
        })
        .route("/away", move |_| Response::new(302, "text/plain", "").header("location", &away))
        .run(async |stage| {
            let page = stage.open("/").await?;
            let start = |checklist: &str| {
                let unit = json!({ "name": "Phường 1" });
                json!([{ "checklist": checklist, "unit": unit, "period": "2022" }])
            };
            let refused = page.try_call("startInspection", start("/away")).await?;
            let refused = refused.err().context("it was refused")?;
            assert_eq!(refused.code, "checklist-unreachable");
            assert!(refused.message.contains(&other.url("")), "{}", refused.message);
            assert!(inspections(&page).await?.is_empty());
            // An address of another site is the host's own choice.
            page.call("startInspection", start(&other.url("/c.json"))).await?;
            page.call("startInspection", start("/within")).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn an_id_that_no_one_knows_is_told() -> TestResult {
    portal(r#"<tu-kiem-tra checklist="ha-noi-2022"></tu-kiem-tra>"#)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let told = page.wait_for_events("tkt-error", 1).await?;
            assert_eq!(told[0].get("code"), Some(&json!("unknown-checklist")));
            let notice = steps::notice(&page, "error").await?;
            let expected = text("vi", "error.unknown-checklist")?.replace("{name}", "ha-noi-2022");
            assert!(notice.contains(&expected), "{notice}");
            // The form still works for the person.
            Start::default().run(&page).await?;
            Ok(())
        })
        .await
}
