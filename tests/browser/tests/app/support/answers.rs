//! Answering an item through its own fields, whatever its kind.

use anyhow::{Context, Result, bail, ensure};
use browser_tests::Item;
use serde_json::Value;

use super::checklists::{id, list};
use super::scripts::strings;

/// Answers an item according to its kind. `variant` selects one of several answers. Returns the
/// expected verdict. The inspection's period must be a past year that covers the deadlines.
pub async fn answer(item: &Item, definition: &Value, variant: usize) -> Result<&'static str> {
    let kind = item.kind().await?;
    ensure!(definition.get("kind") == Some(&Value::from(kind.as_str())), "{item:?} is {kind}");
    if kind != "attestation" && variant % 5 == 4 {
        item.field("na").check().await?;
        item.field("reason").fill("Không thuộc nhiệm vụ của đơn vị").await?;
        return Ok("not-applicable");
    }
    match kind.as_str() {
        "attestation" => attest(item, variant).await,
        "ratio" => ratio(item, definition, variant).await,
        "count" => count(item, definition, variant).await,
        "quantity" => quantity(item, definition, variant).await,
        "deadline" => deadline(item, definition, variant).await,
        "periodic" => periodic(item, variant).await,
        "roster" => roster(item, definition, variant).await,
        "parts" => parts(item, definition, variant).await,
        "narrative" => {
            item.field("text").fill("Đề nghị nâng cấp đường truyền.\nBổ sung máy quét.").await?;
            Ok("met")
        }
        kind => bail!("nothing is known of the kind {kind}"),
    }
}

async fn attest(item: &Item, variant: usize) -> Result<&'static str> {
    let verdict = match variant % 4 {
        0 => return item.choose("met").await.map(|()| "met"),
        1 => "partly-met",
        2 => "not-met",
        _ => "not-applicable",
    };
    item.choose(verdict).await?;
    item.field("reason").fill("Thiếu cán bộ chuyên trách").await?;
    Ok(verdict)
}

async fn ratio(item: &Item, definition: &Value, variant: usize) -> Result<&'static str> {
    if definition.pointer("/target/own").is_some() {
        item.field("target").fill("80,5").await?;
    }
    let (numerator, denominator, verdict) = match variant % 3 {
        0 => ("1234", "1234", "met"),
        1 => ("1", "25", "not-met"),
        _ => ("0", "0", "not-applicable"),
    };
    item.field("numerator").fill(numerator).await?;
    item.field("denominator").fill(denominator).await?;
    Ok(verdict)
}

async fn count(item: &Item, definition: &Value, variant: usize) -> Result<&'static str> {
    let target = definition.get("target").context("a count has a target")?;
    let figure = |name: &str| {
        target.get(name).and_then(Value::as_str).and_then(|figure| figure.parse::<u64>().ok())
    };
    let (met, not_met) = match (figure("atMost"), figure("atLeast")) {
        (Some(most), _) => (most, most + 3),
        (_, Some(least)) => (least, least.saturating_sub(2)),
        _ => bail!("{target} is no target of a count"),
    };
    let (count, verdict) =
        if variant.is_multiple_of(2) { (met, "met") } else { (not_met, "not-met") };
    item.field("count").fill(&count.to_string()).await?;
    Ok(verdict)
}

async fn quantity(item: &Item, definition: &Value, variant: usize) -> Result<&'static str> {
    let least = definition.pointer("/target/atLeast").and_then(Value::as_str);
    ensure!(least == Some("4"), "the only quantities are hours a week, at least 4");
    let (hours, verdict) =
        if variant.is_multiple_of(2) { ("4,5", "met") } else { ("3,75", "not-met") };
    item.field("quantity").fill(hours).await?;
    Ok(verdict)
}

async fn deadline(item: &Item, definition: &Value, variant: usize) -> Result<&'static str> {
    let due = definition.pointer("/due/by").or(definition.pointer("/due/before"));
    let due = due.and_then(Value::as_str).context("a deadline is due some day")?;
    let [year, month, _] = due.split('-').collect::<Vec<_>>()[..] else { bail!("{due} is no day") };
    match variant % 3 {
        0 => {
            item.field("date").fill(&format!("01/{month}/{year}")).await?;
            Ok("met")
        }
        1 => {
            item.field("not-yet").check().await?;
            Ok("not-met")
        }
        _ => {
            item.field("date").fill(&format!("31/12/{year}")).await?;
            Ok("not-met")
        }
    }
}

async fn periodic(item: &Item, variant: usize) -> Result<&'static str> {
    let script =
        "return [...place.querySelectorAll('[data-field=done-period]')].map((box) => box.value);";
    let periods = strings(item.on_element(script, Value::Null).await?)?;
    ensure!(!periods.is_empty(), "{item:?} has no periods");
    tick(item, periods.iter().map(String::as_str), variant).await
}

async fn parts(item: &Item, definition: &Value, variant: usize) -> Result<&'static str> {
    tick(item, list(definition, "parts").iter().map(id), variant).await
}

/// Ticks all, some or none of several.
async fn tick<'a>(
    item: &Item,
    all: impl ExactSizeIterator<Item = &'a str>,
    variant: usize,
) -> Result<&'static str> {
    let (count, verdict) = match variant % 3 {
        0 => (usize::MAX, "met"),
        1 if all.len() > 1 => (1, "partly-met"),
        1 => (1, "met"),
        _ => {
            item.action("none-of-them").click().await?;
            return Ok("not-met");
        }
    };
    for one in all.take(count) {
        item.check(one).await?;
    }
    Ok(verdict)
}

async fn roster(item: &Item, definition: &Value, variant: usize) -> Result<&'static str> {
    for row in 0..2 {
        item.action("add-row").click().await?;
        item.wait_for_rows(row as u64 + 1).await?;
        let row_fields = item.row(row);
        for column in list(definition, "columns") {
            let field = row_fields.column(id(column));
            match column.get("type").and_then(Value::as_str) {
                Some("text") => field.fill(&format!("Đăng ký khai sinh {row}")).await?,
                Some("date") => field.fill("16/06/2022").await?,
                _ if row == 0 || variant.is_multiple_of(2) => field.check().await?,
                _ => {}
            }
        }
    }
    Ok(if variant.is_multiple_of(2) { "met" } else { "not-met" })
}
