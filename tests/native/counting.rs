//! One way of counting: the page, paper and tables all give the same share that is met.

use proptest::prelude::*;
use serde_json::Value;
use tu_kiem_tra::checklist::Language;
use tu_kiem_tra::comparison::Judged;
use tu_kiem_tra::document::{self, Block, Details, Shown};
use tu_kiem_tra::evaluation::{Context, evaluate};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::report::Report;
use tu_kiem_tra::spreadsheet::sheet;
use tu_kiem_tra::words;

use crate::arbitrary::inspections;
use crate::support::day;

/// Returns 'met/applying' from the figures of a report's summary, or of one of its areas.
fn of(summary: &Value) -> String {
    let count = |field: &str| summary[field].as_u64().unwrap();
    format!("{}/{}", count("met"), count("total") - count("notApplicable"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_place_tells_the_same_share(inspection in inspections()) {
        let today = day("2026-11-21");
        let vi = messages(Language::Vi);
        let report = Report::of(&inspection, today).json();
        let all = of(&report["summary"]);

        // The page's headline, its sheet, and the comparison of periods.
        let context = Context::new(&inspection.header, today);
        let (_, summary) = evaluate(&inspection.checklist, &inspection.entries, &context);
        let headline = words::headline(&summary.all, vi);
        let [met, applying] = all.split('/').collect::<Vec<_>>()[..] else { unreachable!() };
        if applying != "0" {
            prop_assert!(headline.contains(&format!("{met} trên {applying} ")), "{headline}: {all}");
        }
        let sheet = sheet(&inspection, today, Language::Vi, vi);
        prop_assert!(sheet.about.contains(&headline), "{:?}: {headline}", sheet.about);
        let judged = Judged::of(&inspection, today).summary.all;
        prop_assert_eq!(words::met_of(&judged), all.clone());

        // The printed report and its Word file.
        let paper =
            document::of(&inspection, &[], &Details::default(), &Shown::new(), today);
        let percent = words::percent_met(&summary.all);
        let told = format!("{percent} ({all})");
        let tells = |block: &Block| matches!(block, Block::Paragraph(text) if text.contains(&told));
        prop_assert!(paper.body.iter().any(tells), "{told}");
        let areas = report["summary"]["areas"].as_array().unwrap();
        let applying = areas.iter().filter(|area| area["total"] != 0).map(|area| format!("({})", of(area)));
        let bars = paper.body.iter().find_map(|block| match block {
            Block::Chart(chart) => Some(&chart.bars),
            _ => None,
        });
        let shown = bars.unwrap().iter().map(|bar| bar.title.rsplit_once(' ').unwrap().1.to_owned());
        prop_assert_eq!(shown.collect::<Vec<_>>(), applying.collect::<Vec<_>>());
    }
}
