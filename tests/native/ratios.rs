//! The arithmetic of ratios: comparison, the percentage that is shown, the shortfall.

use proptest::prelude::*;
use serde_json::json;
use tu_kiem_tra::checklist::{Comparator, Decimal, Target};
use tu_kiem_tra::evaluation::{Context, Ratio, Shortfall, judge};
use tu_kiem_tra::inspection::{Entered, Entry};

use crate::support::{case_text, day, header, item_with};

#[test]
fn the_table_of_ratios_holds() {
    let header = header("2026");
    let context = Context::new(&header, day("2026-11-21"));
    let mut count = 0;
    for line in case_text("ratios.tsv").lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<_> = line.split('\t').collect();
        let &[target, own, numerator, denominator, verdict, percent, shortfall, ..] =
            cells.as_slice()
        else {
            panic!("too few cells: {line}")
        };
        let target = match target.split_once(' ') {
            Some((comparator, threshold)) => json!({comparator: threshold}),
            None => json!({"own": target.strip_prefix("own:").unwrap()}),
        };
        let item = item_with("share", &json!({"target": target}));
        let number = |text: &str| (text != "-").then(|| text.parse::<u64>().unwrap());
        let mut entry = Entry::blank(&item.kind);
        entry.answer.entered =
            Entered::Ratio { numerator: number(numerator), denominator: number(denominator) };
        entry.own.target = (own != "-").then(|| Decimal::parse(own).unwrap());

        let judgement = judge(&item, Some(&entry), &context);
        let shown = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let computed = judgement.computed;
        assert_eq!(judgement.verdict.name(), verdict, "{line}");
        assert_eq!(shown(computed.percent.map(|p| p.to_string())), percent, "{line}");
        assert_eq!(shown(computed.shortfall.map(|s| s.cases().to_string())), shortfall, "{line}");
        count += 1;
    }
    assert!(count > 80, "only {count} rows");
}

#[test]
fn a_shortfall_says_in_which_direction() {
    let target = |comparator, percent: u32| Target { comparator, threshold: percent.into() };
    let shortfall = |numerator, target| Ratio::new(numerator, 100).unwrap().shortfall(target);
    assert_eq!(shortfall(53, target(Comparator::AtLeast, 60)), Some(Shortfall::More(7)));
    assert_eq!(shortfall(53, target(Comparator::AtMost, 50)), Some(Shortfall::Fewer(3)));
    assert_eq!(shortfall(53, target(Comparator::Exactly, 50)), Some(Shortfall::Fewer(3)));
    assert_eq!(shortfall(47, target(Comparator::Exactly, 50)), Some(Shortfall::More(3)));
}

/// The page refuses such targets; the arithmetic has no answer to them either.
#[test]
fn what_no_number_of_cases_meets_has_no_shortfall() {
    let ratio = Ratio::new(3, 4).unwrap();
    for (comparator, percent) in
        [(Comparator::MoreThan, 100), (Comparator::AtLeast, 101), (Comparator::Exactly, 125)]
    {
        let target = Target { comparator, threshold: Decimal::from(percent) };
        assert!(!target.is_share() && !ratio.meets(target), "{target:?}");
        assert_eq!(ratio.shortfall(target), None, "{target:?}");
    }
}

#[test]
fn no_share_of_nothing_or_over_all() {
    assert_eq!(Ratio::new(0, 0), None);
    assert_eq!(Ratio::new(1, 0), None);
    assert_eq!(Ratio::new(3, 2), None);
    assert_eq!(Ratio::new(u64::MAX, u64::MAX - 1), None);
    assert!(Ratio::new(0, u64::MAX).is_some());
}

#[test]
fn people_read_a_comma() {
    let percent = Ratio::new(1, 3).unwrap().percent(None);
    assert_eq!((percent.to_string(), percent.with_comma()), ("33.3".to_owned(), "33,3".to_owned()));
}

fn targets() -> impl Strategy<Value = Target> {
    let comparators = prop::sample::select(vec![
        Comparator::AtLeast,
        Comparator::MoreThan,
        Comparator::Exactly,
        Comparator::AtMost,
    ]);
    let thresholds = prop_oneof![
        (0u32..=100).prop_map(Decimal::from),
        (0u64..=100_000).prop_map(|thousandths| Decimal::new(thousandths, 3).unwrap()),
        (0u64..=100_000_000_000).prop_map(|n| Decimal::new(n, 9).unwrap()),
    ];
    (comparators, thresholds)
        .prop_map(|(comparator, threshold)| Target { comparator, threshold })
        .prop_filter("can be reached", |target| target.is_share())
}

/// Generates a numerator, a denominator and a target: ratios near the target as well as any.
fn shares(most: u64) -> impl Strategy<Value = (u64, u64, Target)> {
    (1..=most, targets(), any::<prop::sample::Index>(), 0..5u64, any::<bool>()).prop_map(
        |(denominator, target, index, off, near)| {
            let scale = 10u128.pow(target.threshold.scale()) * 100;
            let at = u128::from(target.threshold.mantissa()) * u128::from(denominator) / scale;
            let near_target = (u64::try_from(at).unwrap() + off).saturating_sub(2).min(denominator);
            let anywhere = u64::try_from(index.index(usize::MAX)).unwrap() % denominator;
            let numerator = if near { near_target } else { anywhere };
            (numerator, denominator, target)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The percentage is the true one, cut somewhere, and is on the same side of the target.
    #[test]
    fn the_percentage_is_cut_and_never_contradicts_the_verdict(
        (numerator, denominator, target) in shares(1 << 40)
    ) {
        let ratio = Ratio::new(numerator, denominator).unwrap();
        let text = ratio.percent(Some(target)).to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let unit = 10u128.pow(u32::try_from(fraction.len()).unwrap());
        let cut: u128 = format!("{whole}{fraction}").parse().unwrap();
        // cut / unit ≤ 100 × numerator / denominator < (cut + 1) / unit
        let exact = u128::from(numerator) * 100 * unit;
        prop_assert!(cut * u128::from(denominator) <= exact);
        prop_assert!(exact < (cut + 1) * u128::from(denominator));

        let threshold = u128::from(target.threshold.mantissa()) * unit;
        let shown = cut * 10u128.pow(target.threshold.scale());
        prop_assert_eq!(target.comparator.accepts(shown.cmp(&threshold)), ratio.meets(target));
    }

    /// Exactly that many cases more, or fewer, meet the target; one less does not.
    #[test]
    fn the_shortfall_is_just_enough((numerator, denominator, target) in shares(1 << 50)) {
        let meets = |numerator| Ratio::new(numerator, denominator).unwrap().meets(target);
        match Ratio::new(numerator, denominator).unwrap().shortfall(target) {
            None => {}
            Some(Shortfall::More(cases)) => {
                prop_assert!(cases > 0 && meets(numerator + cases));
                prop_assert!(!meets(numerator + cases - 1));
            }
            Some(Shortfall::Fewer(cases)) => {
                prop_assert!(cases > 0 && meets(numerator - cases));
                prop_assert!(!meets(numerator - cases + 1));
            }
        }
    }

    /// There is no shortfall only if the target is met, or if no number of cases meets it.
    #[test]
    fn without_a_shortfall_nothing_can_be_missing((numerator, denominator, target) in shares(60)) {
        let ratio = Ratio::new(numerator, denominator).unwrap();
        let reachable = (0..=denominator).any(|n| Ratio::new(n, denominator).unwrap().meets(target));
        let expected = !ratio.meets(target) && reachable;
        prop_assert_eq!(ratio.shortfall(target).is_some(), expected);
    }

    #[test]
    fn the_largest_numbers_do_not_overflow(numerator: u64, denominator: u64, target in targets()) {
        if let Some(ratio) = Ratio::new(numerator, denominator) {
            let percent = ratio.percent(Some(target)).to_string();
            prop_assert!(percent.len() < 60, "{}", percent);
            let met = ratio.shortfall(target).is_none_or(|shortfall| shortfall.cases() > 0);
            prop_assert!(met);
        }
    }
}
