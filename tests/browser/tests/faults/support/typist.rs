//! A person who types without a pause, into one field after the other.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use browser_tests::{Ability, Engine, Page};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::chance::Chance;
use super::witness::{Told, Witness};

const LETTERS: &str = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệộợữ ";

/// The typed characters. There are no zeros, which may be shown differently than typed, but a
/// letter, which is no digit and stays.
const DIGITS: &str = "123456789x";

/// Returns the fields of all items except 'not applicable', which hides the others.
const PLACES: &str = "
    const places = [];
    for (const item of root.querySelectorAll('[data-item]')) {
      window.__witness.fieldsOf(item).forEach((field, place) => {
        if (field.dataset.field !== 'na') places.push({ item: item.dataset.item, place });
      });
    }
    return places;
";

/// Enters a field and returns the keys that it accepts, or null if it is not shown now. A long text
/// is replaced.
const ENTER: &str = "
    const item = root?.querySelector(`[data-item=\"${given.item}\"]`);
    const field = item && window.__witness.fieldsOf(item)[given.place];
    field?.focus();
    if (!field || root.activeElement !== field) return null;
    if (['checkbox', 'radio'].includes(field.type)) return 'space';
    if (field.value.length > 60) field.select();
    return field.inputMode === 'text' || field.inputMode === '' ? 'letters' : 'digits';
";

/// The person.
pub struct Typist {
    engine: Engine,
    places: Vec<Value>,
}

impl Typist {
    /// Reads the fields of the open inspection.
    pub async fn at(page: &Page, engine: Engine) -> Result<Self> {
        let places = page.evaluate(PLACES, json!(null)).await?;
        let places = places.as_array().cloned().context("a list of fields")?;
        ensure!(!places.is_empty(), "there is nothing to type into");
        Ok(Self { engine, places })
    }

    /// Types a word into a field, or presses a box.
    pub async fn type_word(&self, page: &Page, chance: &mut Chance) -> Result<()> {
        let place = chance.one_of(&self.places).cloned().unwrap_or_default();
        let keys = page.evaluate(ENTER, place).await?;
        let word = match keys.as_str() {
            Some("digits") => chance.word(DIGITS),
            Some("letters") => chance.word(LETTERS),
            Some(_) => return page.press_keys(" ").await,
            None => return Ok(()),
        };
        match self.engine.lacks(Ability::InputMethods) {
            None => page.insert_letters(&word).await,
            Some(_) => page.press_keys(&word).await,
        }
    }

    /// Types until the page goes away by itself, and returns everything that it announced.
    pub async fn type_until_left(
        &self,
        page: &Page,
        chance: &mut Chance,
        witness: &Witness,
        load: &str,
    ) -> Result<Told> {
        loop {
            let typed = self.type_word(page, chance).await;
            // Typing fails in many ways when the page goes away in the middle of a word.
            if typed.is_err() || witness.told(load)?.was_left() {
                let told = witness.all_of(load).await;
                return if told.is_err() { typed.and(told) } else { told };
            }
        }
    }

    /// Types for the given time, which ends at a random point of the typing.
    pub async fn type_until(
        &self,
        page: &Page,
        chance: &mut Chance,
        moment: Duration,
    ) -> Result<()> {
        let on_and_on = async {
            loop {
                self.type_word(page, chance).await?;
            }
        };
        tokio::select! {
            () = sleep(moment) => Ok(()),
            outcome = on_and_on => outcome,
        }
    }
}
