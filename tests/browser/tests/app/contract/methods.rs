//! The methods: their results, their times, and their error codes.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use browser_tests::{Page, Response, TestResult, dist};
use serde_json::{Value, json};

use super::{report, set_answer, start_small};
use crate::support::sites::small_portal;
use crate::support::start::inspections;
use crate::support::{release, reports, scripts};

#[tokio::test]
async fn they_wait_until_the_element_is_ready() -> TestResult {
    let name = release::wasm()?;
    let body = fs::read(dist().join(&name))?;
    small_portal()?
        .route(&format!("/tkt/{name}"), move |_| {
            Response::new(200, "application/wasm", body.clone()).after(Duration::from_millis(700))
        })
        .run(async |stage| {
            let page = stage.goto("/").await?;
            page.wait_for("the element to be defined", async |page| {
                let script = "return !!customElements.get('tu-kiem-tra');";
                Ok(page.evaluate(script, json!(null)).await? == json!(true))
            })
            .await?;
            // The program is still loading.
            assert!(page.events("tkt-ready").await?.is_empty());
            let id = start_small(&page).await?;
            assert_eq!(page.events("tkt-ready").await?.len(), 1);
            assert_eq!(inspections(&page).await?, [id]);
            Ok(())
        })
        .await
}

/// Calls a method, and inspects the page at the moment in which it resolves.
async fn items_when_resolved(page: &Page, call: &str) -> Result<Value> {
    let script = format!(
        "return {call}.then((id) => {{
           const items = [...element.shadowRoot.querySelectorAll('[data-item]')];
           const summary = element.shadowRoot.querySelector('[data-summary]');
           const names = items.map((item) => item.dataset.item);
           return {{ id: id ?? null, items: names, total: Number(summary?.dataset.total) }};
         }});"
    );
    page.evaluate(&script, json!(null)).await
}

#[tokio::test]
async fn every_item_that_applies_is_there_when_opening_resolves() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let start = "element.startInspection({
                checklist: 'phuong-2-105-2022', period: '2022',
                unit: { name: 'Phường 2', type: 'one-stop' },
            })";
            let seen = items_when_resolved(&page, start).await?;
            let first = seen.get("id").and_then(Value::as_str).context("an id")?.to_owned();
            assert_eq!(seen.get("items").and_then(Value::as_array).map(Vec::len), Some(12));
            assert_eq!(seen.get("total"), Some(&json!(12)));

            let start = "element.startInspection({
                checklist: '/small.json', period: '2022', unit: { name: 'Phường 2' },
            })";
            let seen = items_when_resolved(&page, start).await?;
            // No question is answered, so none excludes an item. The last item is for another kind
            // of unit.
            assert_eq!(seen.get("items").and_then(Value::as_array).map(Vec::len), Some(13));
            assert_eq!(seen.get("total"), Some(&json!(13)));

            let seen =
                items_when_resolved(&page, &format!("element.openInspection('{first}')")).await?;
            assert_eq!(seen.get("items").and_then(Value::as_array).map(Vec::len), Some(12));
            page.reload().await?;
            let seen =
                items_when_resolved(&page, &format!("element.openInspection('{first}')")).await?;
            assert_eq!(seen.get("items").and_then(Value::as_array).map(Vec::len), Some(12));
            assert_eq!(seen.get("total"), Some(&json!(12)));
            assert_eq!(seen.get("id"), Some(&json!(null)));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_list_tells_the_inspections_newest_first() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let first = start_small(&page).await?;
            let unit = json!({ "name": "Phường 2" });
            let new = json!({ "checklist": "vung-tau-2022", "unit": unit, "period": "2022-Q3" });
            let second = page.call("startInspection", json!([new])).await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;

            let list = page.call("listInspections", json!([])).await?;
            let [newer, older] = list.as_array().context("a list")?.as_slice() else {
                panic!("there are two inspections: {list}");
            };
            let without_times = |listed: &Value| {
                let mut listed = listed.as_object().cloned().unwrap_or_default();
                let times =
                    ["createdAt", "updatedAt", "exportedAt"].map(|name| listed.remove(name));
                (Value::Object(listed), times.map(|time| time.is_some_and(|time| time.is_string())))
            };
            let (newer, newer_times) = without_times(newer);
            let expected = json!({
                "id": second, "checklist": "vung-tau-2022", "period": "2022-Q3",
                "status": "in-progress",
                "unit": { "name": "Phường 2", "type": "commune" },
            });
            assert_eq!(newer, expected);
            let (older, older_times) = without_times(older);
            let expected = json!({
                "id": first, "checklist": "tests", "period": "2022", "status": "in-progress",
                "unit": { "name": "UBND phường 1", "code": "29551", "type": "commune" },
            });
            assert_eq!(older, expected);
            assert_eq!(newer_times, [true, true, true]);
            assert_eq!(older_times, [true, true, false]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn answers_of_every_kind_can_be_set() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            start_small(&page).await?;
            page.item("share").field("note").type_text("Theo phần mềm").await?;
            let months: Vec<String> = (1..=12).map(|month| format!("2022-{month:02}")).collect();
            let whole_row =
                json!({ "name": "Khai sinh", "desk": true, "website": true, "since": "2022-06-16" });
            let half_row = json!({ "name": "Khai tử", "desk": true, "website": false });
            let does_not_apply = json!({ "notApplicable": true, "reason": "Không có hồ sơ" });
            for (item, answer, verdict) in [
                ("attested", json!({ "verdict": "met" }), "met"),
                ("attested", json!({ "verdict": "partly-met", "reason": "Chưa đủ" }), "partly-met"),
                ("attested", json!({ "verdict": "not-met" }), "not-met"),
                ("attested", json!({ "verdict": "not-applicable" }), "not-applicable"),
                ("attested", json!({}), "unanswered"),
                ("share", json!({ "numerator": 24, "denominator": 25 }), "not-met"),
                ("share", json!({ "numerator": 25, "denominator": 25 }), "met"),
                ("share", json!({ "numerator": 26, "denominator": 25 }), "invalid"),
                ("share", json!({ "numerator": 0, "denominator": 0 }), "not-applicable"),
                ("share", does_not_apply, "not-applicable"),
                ("share", json!({ "denominator": 25, "unread": { "numerator": "24a" } }), "invalid"),
                ("own-share", json!({ "numerator": 1, "denominator": 3 }), "unanswered"),
                ("overdue", json!({ "count": 0 }), "met"),
                ("overdue", json!({ "count": 9_007_199_254_740_991_u64 }), "not-met"),
                ("hours", json!({ "quantity": "4.5" }), "met"),
                ("hours", json!({ "quantity": "3.999999999" }), "not-met"),
                ("old-plan", json!({ "notYet": true }), "not-met"),
                ("old-plan", json!({ "done": "2022-08-30" }), "met"),
                ("report", json!({ "done": "2022-08-30" }), "unanswered"),
                ("monthly", json!({ "donePeriods": ["2022-10"] }), "partly-met"),
                ("monthly", json!({ "donePeriods": months }), "met"),
                ("monthly", json!({ "donePeriods": [] }), "not-met"),
                ("posted", json!({ "rows": [whole_row] }), "met"),
                ("posted", json!({ "rows": [half_row] }), "not-met"),
                ("notice", json!({ "parts": { "phone": true } }), "partly-met"),
                ("proposals", json!({ "text": "Bổ sung máy quét" }), "met"),
            ] {
                let given = set_answer(&page, item, answer.clone()).await?;
                assert_eq!(given, verdict, "{item} {answer}");
                assert_eq!(page.item(item).verdict().await?, verdict, "{item} {answer}");
                let report = report(&page).await?;
                let reported = reports::item(&report, item)?;
                let expected = if answer == json!({}) { None } else { Some(&answer) };
                assert_eq!(reported.get("answer"), expected, "{item}");
                assert_eq!(reported.get("verdict"), Some(&json!(verdict)), "{item}");
            }
            // Values that are set appear in the fields; the note stays.
            for (item, field, value) in [
                ("share", "numerator", "24a"),
                ("share", "denominator", "25"),
                ("share", "note", "Theo phần mềm"),
                ("overdue", "count", "9007199254740991"),
                ("hours", "quantity", "3,999999999"),
                ("old-plan", "date", "30/08/2022"),
                ("proposals", "text", "Bổ sung máy quét"),
            ] {
                assert_eq!(page.item(item).field(field).value().await?, value, "{item} {field}");
            }
            let posted = page.item("posted");
            posted.wait_for_rows(1).await?;
            assert_eq!(posted.row(0).column("name").value().await?, "Khai tử");
            assert!(posted.row(0).column("desk").is_checked().await?);
            assert!(page.item("notice").option("phone").is_checked().await?);
            reports::check_schema(&report(&page).await?)
        })
        .await
}

/// Returns the report, the list of inspections, and the contents of the fields.
async fn everything(page: &Page) -> Result<[Value; 3]> {
    let list = page.call("listInspections", json!([])).await?;
    Ok([report(page).await?, list, scripts::fields(page).await?])
}

#[tokio::test]
async fn what_cannot_be_done_is_rejected_with_a_code() -> TestResult {
    small_portal()?
        .route("/gone.json", |_| Response::new(404, "text/plain", "gone"))
        .file("/bad.json", "application/json", r#"{"id": "x"}"#)
        .allow_problem("404")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let unknown = "00000000-0000-4000-8000-000000000000";
            for (method, arguments, code) in [
                ("exportReport", json!([]), "no-inspection"),
                ("setAnswer", json!(["share", {}]), "no-inspection"),
                ("openInspection", json!([unknown]), "unknown-inspection"),
                ("openInspection", json!(["khác"]), "unknown-inspection"),
            ] {
                rejected(&page, method, arguments, code).await?;
            }
            start_small(&page).await?;
            set_answer(&page, "share", json!({ "numerator": 24, "denominator": 25 })).await?;
            page.call("flush", json!([])).await?;
            let changes = page.events("tkt-change").await?;
            let before = everything(&page).await?;

            let start = |checklist: &str, unit: Value, period: &str| {
                json!([{ "checklist": checklist, "unit": unit, "period": period }])
            };
            let unit = json!({ "name": "Phường 1" });
            let village = json!({ "name": "Phường 1", "type": "village" });
            for (arguments, code) in [
                (start("nowhere-2022", unit.clone(), "2022"), "unknown-checklist"),
                (start("/gone.json", unit.clone(), "2022"), "checklist-unreachable"),
                (start("/bad.json", unit.clone(), "2022"), "invalid-checklist"),
                (start("vung-tau-2022", unit.clone(), "2022-Q5"), "invalid-period"),
                (start("vung-tau-2022", unit.clone(), "Quý IV/2022"), "invalid-period"),
                (start("vung-tau-2022", unit.clone(), "2022-12-31/2022-01-01"), "invalid-period"),
                (start("vung-tau-2022", json!({ "name": "  " }), "2022"), "invalid-unit"),
                (start("vung-tau-2022", village, "2022"), "invalid-unit"),
                (json!([{ "checklist": "vung-tau-2022", "unit": unit }]), "bad-arguments"),
                (json!([]), "bad-arguments"),
            ] {
                rejected(&page, "startInspection", arguments, code).await?;
            }
            for (item, answer, code) in [
                ("absent", json!({}), "unknown-item"),
                ("share", json!({ "count": 1 }), "invalid-answer"),
                ("share", json!({ "numerator": 9_007_199_254_740_992_u64 }), "invalid-answer"),
                ("attested", json!({ "notApplicable": true }), "invalid-answer"),
                ("hours", json!({ "quantity": "4,5" }), "invalid-answer"),
                ("old-plan", json!({ "done": "31/08/2022" }), "invalid-answer"),
                ("old-plan", json!({ "done": "2022-08-30", "notYet": true }), "invalid-answer"),
                ("monthly", json!({ "donePeriods": ["2022-Q1"] }), "invalid-answer"),
                ("notice", json!({ "parts": { "fax": true } }), "invalid-answer"),
                ("posted", json!({ "rows": [{ "colour": "xanh" }] }), "invalid-answer"),
                ("share", json!({ "unread": { "date": "x" } }), "invalid-answer"),
                ("attested", json!({ "verdict": "fine" }), "bad-arguments"),
                ("share", json!({ "numerator": -1 }), "bad-arguments"),
                ("share", json!({ "numerator": "24" }), "bad-arguments"),
                ("share", json!({ "numerator": null }), "bad-arguments"),
                ("share", json!({ "colour": "xanh" }), "bad-arguments"),
                ("share", json!("met"), "bad-arguments"),
            ] {
                rejected(&page, "setAnswer", json!([item, answer]), code).await?;
            }
            let merge = json!([report(&page).await?, { "onConflict": "merge" }]);
            rejected(&page, "importReport", merge, "bad-arguments").await?;

            assert!(everything(&page).await? == before, "something changed");
            assert_eq!(page.events("tkt-change").await?, changes);
            Ok(())
        })
        .await
}

/// Fails unless a method is rejected with an `Error` that has this code and a message.
async fn rejected(page: &Page, method: &str, arguments: Value, code: &str) -> TestResult {
    let script = "
        return element[given.method](...given.arguments).then(
          (value) => ({ resolved: JSON.stringify(value ?? null) }),
          (error) => ({ isError: error instanceof Error, code: error.code, words: error.message.length > 10 }),
        );
    ";
    let given = json!({ "method": method, "arguments": arguments });
    let seen = page.evaluate(script, given.clone()).await?;
    assert_eq!(seen, json!({ "isError": true, "code": code, "words": true }), "{given}");
    Ok(())
}

#[tokio::test]
async fn an_element_that_is_nowhere_says_so() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let script = "
                const code = (promise) => promise.then(() => 'resolved', (error) => error.code);
                const loose = document.createElement('tu-kiem-tra');
                const before = await code(loose.listInspections());
                element.remove();
                await new Promise((done) => setTimeout(done));
                const removed = await code(element.listInspections());
                document.querySelector('main').append(element);
                return [before, removed, await code(element.listInspections())];
            ";
            let codes = page
                .evaluate(&format!("return (async () => {{ {script} }})();"), json!(null))
                .await?;
            assert_eq!(codes, json!(["not-connected", "not-connected", "resolved"]));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn exporting_by_the_method_tells_no_one_and_saves_no_file() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            start_small(&page).await?;
            let exported = report(&page).await?;
            reports::check_schema(&exported)?;
            assert!(page.events("tkt-export").await?.is_empty());
            let list = page.call("listInspections", json!([])).await?;
            assert_eq!(list.pointer("/0/exportedAt"), None);
            // The file that the person exports comes later and is the only one.
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            assert_eq!(fs::read_dir(stage.browser.downloads())?.count(), 1);
            assert_eq!(page.events("tkt-export").await?, [json!({ "report": exported })]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn flush_waits_for_the_vault() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start_small(&page).await?;
            let script = "
                element.setAnswer('overdue', { count: 7 });
                const keys = () => Object.keys(localStorage);
                return element.flush().then(() => keys().filter((key) => key.includes(':journal:')));
            ";
            assert_eq!(page.evaluate(script, json!(null)).await?, json!([]), "in the journal");
            let items = scripts::stored(&page, "default", "items").await?;
            let key = format!("{id}/overdue");
            let record = items.iter().find(|(stored, _)| *stored == key);
            let (_, record) = record.context("it is stored")?;
            assert!(record.as_str().unwrap_or_default().contains(r#""count":7"#), "{record}");
            Ok(())
        })
        .await
}
