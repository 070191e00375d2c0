//! The received reports, as a page and as JSON.

use serde_json::{Value, json};

use crate::support::{Running, Sample};

/// Returns the golden report for another inspection and unit.
fn of(inspection: u8, unit: &str) -> Sample {
    Sample::golden("completed.json").changed(|report| {
        report["inspection"]["id"] =
            format!("00000000-0000-4000-8000-0000000000{inspection:02}").into();
        report["inspection"]["unit"]["name"] = unit.into();
    })
}

fn member(listed: &[Value], name: &str) -> Vec<Value> {
    listed.iter().map(|entry| entry[name].clone()).collect()
}

#[tokio::test]
async fn versions_of_an_inspection_stand_together_and_the_newest_first() {
    let running = Running::start(&[]);
    // One unit in different spellings.
    let units = [(1, "Xã Hòa A"), (2, "Xã B"), (1, "xã Hoà  A"), (3, "Xã C"), (1, "XÃ HÒA A")];
    let reports: Vec<Sample> = units.iter().map(|(id, unit)| of(*id, unit)).collect();
    for report in &reports {
        assert_eq!(running.upload(report).await.status, 201);
    }
    // A repeated report does not become newer.
    assert_eq!(running.upload(&reports[1]).await.status, 200);

    let listed = running.listed().await;
    assert_eq!(member(&listed, "unitName"), ["XÃ HÒA A", "Xã C", "Xã B"]);
    let earlier = listed[0]["earlier"].as_array().unwrap();
    assert_eq!(member(earlier, "unitName"), ["xã Hoà  A", "Xã Hòa A"]);
    assert_eq!(listed[1]["earlier"], json!([]));

    let page = running.get("/reports").await;
    let places: Vec<usize> = [4, 2, 0, 3, 1]
        .into_iter()
        .map(|index: usize| page.text().find(&format!("id=\"{}\"", reports[index].sha256)).unwrap())
        .collect();
    assert!(places.is_sorted(), "{places:?} in {}", page.text());
}

#[tokio::test]
async fn the_list_says_what_a_report_is_about() {
    let running = Running::start(&[]);
    let golden = Sample::golden("completed.json");
    let report = golden.changed(|report| {
        report["inspection"]["unit"]["code"] = json!("84-002");
        // The computed figures are not trusted but computed again.
        report["summary"]["met"] = json!(7);
        report["summary"]["total"] = json!(7);
    });
    let said = running.upload(&report).await.json();
    let listed = running.listed().await;
    let entry = &listed[0];
    let file: Value = serde_json::from_slice(&golden.bytes).unwrap();
    let inspection = &file["inspection"];
    assert_eq!(entry["sha256"], report.sha256.as_str());
    assert_eq!(entry["receivedAt"], said["receivedAt"]);
    assert_eq!(entry["inspection"], inspection["id"]);
    assert_eq!(entry["unitName"], inspection["unit"]["name"]);
    assert_eq!(entry["unitCode"], "84-002");
    assert_eq!(entry["checklist"], file["checklist"]["id"]);
    assert_eq!(entry["checklistVersion"], file["checklist"]["version"]);
    assert_eq!(entry["checklistTitle"], file["checklist"]["definition"]["title"]["vi"]);
    assert_eq!(entry["period"], inspection["period"]);
    assert_eq!(entry["status"], "completed");
    assert_eq!(entry["updatedAt"], inspection["updatedAt"]);
    let mut summary = file["summary"].clone();
    summary.as_object_mut().unwrap().remove("areas");
    assert_eq!(entry["summary"], summary);

    let page = running.get("/reports").await;
    for part in ["(84-002)", "Đã hoàn thành", &format!("href=\"reports/{}\"", report.sha256)] {
        assert!(page.text().contains(part), "{part} in {}", page.text());
    }
}

#[tokio::test]
async fn markup_in_names_stays_text() {
    let running = Running::start(&[]);
    let name = "<script>alert(1)</script> & \"><img src=x onerror='a'>";
    let report = Sample::golden("completed.json").changed(|report| {
        report["inspection"]["unit"]["name"] = name.into();
        report["inspection"]["unit"]["code"] = "<b>'\"".into();
    });
    assert_eq!(running.upload(&report).await.status, 201);
    let page = running.get("/reports").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    for markup in ["<script", "<img", "<b>"] {
        assert!(!page.text().contains(markup), "{}", page.text());
    }
    let escaped = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;&gt;&lt;img src=x \
                   onerror=&#39;a&#39;&gt; (&lt;b&gt;&#39;&quot;)";
    assert!(page.text().contains(escaped), "{}", page.text());
    assert!(!page.text().contains("style="), "a strict policy lets no inline style in");
    assert_eq!(running.listed().await[0]["unitName"], name);
}

#[tokio::test]
async fn an_empty_list_says_so_and_unknown_addresses_too() {
    let running = Running::start(&[]);
    assert!(running.get("/reports").await.text().contains("Chưa có báo cáo nào."));
    assert!(running.listed().await.is_empty());
    assert_eq!(running.get("/style.css").await.header("content-type"), "text/css; charset=utf-8");
    for path in ["/", "/reports/", "/reports/abc", "/reports/%22%0d%0aa", "/anything"] {
        let (error, _) = running.get(path).await.refusal(404);
        assert!(error.contains("Không có gì"), "{path}: {error}");
    }
}
