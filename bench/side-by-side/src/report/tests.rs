//! Tests of the report, with invented figures.

use super::*;
use crate::site::OURS;

fn visit(name: &str, items: usize, cold: f64) -> Measured {
    let outcome = Ok(Figures { cold, sent: 140e3, longest: 49.0, ..Figures::default() });
    Measured { name: name.to_owned(), items, outcome }
}

fn failed(name: &str, items: usize, error: &str) -> Measured {
    Measured { name: name.to_owned(), items, outcome: Err(error.to_owned()) }
}

fn text(measured: &[Measured], lists: &[Result<f64, String>]) -> Result<String> {
    let names = [FLOOR, OURS, "formio", "odk"].map(str::to_owned);
    Report { names: &names, rounds: 2, measured, lists }.text()
}

#[test]
fn a_page_that_fails_is_told_of_and_the_others_are_measured() -> Result<()> {
    let late = "takes more than 180 s";
    let measured = [
        visit(FLOOR, 60, 100.0),
        visit(OURS, 60, 140.0),
        visit("odk", 60, 500.0),
        failed("formio", 60, "presses: waited 60 s\nfor it"),
        failed("formio", 60, "presses: waited 60 s\nfor it"),
        failed("formio", 1_000, late),
    ];
    let text = text(&measured, &[Ok(50.0), Err("no list".to_owned())])?;
    assert!(
        text.contains("140.0 (140.0–140.0) ×1.40 | not measured | 500.0 (500.0–500.0) ×5.00 |")
    );
    assert!(text.contains("- formio, 60 items (2 times): presses: waited 60 s\n"));
    assert!(text.contains("- formio, 1000 items: takes more than 180 s\n"));
    assert!(text.contains("- a list of 200 inspections: no list\n"));
    assert!(
        text.contains("60 items, beside every other library | below 1 × odk | not measured | |")
    );
    assert!(text.contains("at most 1.5 × one of 10 | not measured | |"));
    Ok(())
}

#[test]
fn a_report_is_written_even_if_nothing_could_be_measured() -> Result<()> {
    let text = text(&[failed(FLOOR, 60, "no browser")], &[])?;
    assert!(text.contains("| below 1 × the fastest other library | not measured | |"));
    assert!(text.contains("- floor, 60 items: no browser\n"));
    Ok(())
}

#[test]
fn the_fastest_of_all_others_is_the_one_to_be_below() -> Result<()> {
    let all = [("formio", 400.0), ("odk", 500.0)].map(|(name, cold)| visit(name, 60, cold));
    let mut measured = vec![visit(FLOOR, 60, 100.0), visit(OURS, 60, 140.0)];
    measured.extend(all);
    assert!(text(&measured, &[])?.contains("below 1 × formio | 0.35 × formio | met |"));
    Ok(())
}

#[test]
fn goals_are_met_up_to_their_limit() -> Result<()> {
    let measured =
        [visit(FLOOR, 1_000, 100.0), visit(OURS, 1_000, 150.0), visit("odk", 1_000, 150.0)];
    let text = text(&measured, &[Ok(50.0), Ok(76.0)])?;
    assert!(text.contains("1000 items | at most 1.5 × the floor | 1.50 × the floor | met |"));
    assert!(text.contains("below 1 × odk | 1.00 × odk | not met |"));
    assert!(text.contains("1000 items | at most 50 ms | 49.00 ms | met |"));
    assert!(text.contains("at most 1.5 × one of 10 | 1.52 × one of 10 | not met |"));
    assert!(!text.contains("could not be measured"));
    Ok(())
}
