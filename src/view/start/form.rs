//! What is typed and chosen in the form, and what it says.

use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::{App, Failure, NewInspection};
use crate::checklist::{Checklist, Performer, QuestionId};
use crate::inspection::{Period, Unit};

/// What is typed and chosen in the form.
#[derive(Clone, Copy)]
pub struct Form {
    pub checklist: RwSignal<String>,
    pub chosen: RwSignal<Option<Arc<Checklist>>>,
    pub unit_name: RwSignal<String>,
    pub unit_code: RwSignal<String>,
    pub unit_type: RwSignal<Performer>,
    pub period: RwSignal<String>,
    pub superior: RwSignal<String>,
    pub inspectors: RwSignal<String>,
    pub questions: RwSignal<BTreeMap<QuestionId, bool>>,
    /// Whether starting was tried: only then it is said what is missing.
    pub tried: RwSignal<bool>,
}

impl Form {
    /// Filled with what the host gave, or with the unit that was entered last.
    pub fn prefilled(app: &App) -> Self {
        let prefill = app.prefill();
        let (last_unit, last_type) = app.last_unit();
        let or_last =
            |given: String| if given.is_empty() { last_unit.unwrap_or_default() } else { given };
        let given_type = Performer::from_name(&prefill.unit_type);
        if given_type.is_none() && !prefill.unit_type.is_empty() {
            app.report_failure(&Failure::BadAttribute("unit-type"));
        }
        let last_type = last_type.as_deref().and_then(Performer::from_name);
        Self {
            checklist: RwSignal::new(prefill.checklist),
            chosen: RwSignal::new(None),
            unit_name: RwSignal::new(or_last(prefill.unit_name)),
            unit_code: RwSignal::new(prefill.unit_code),
            unit_type: RwSignal::new(given_type.or(last_type).unwrap_or_default()),
            period: RwSignal::new(prefill.period),
            superior: RwSignal::new(prefill.superior_name),
            inspectors: RwSignal::new(String::new()),
            questions: RwSignal::new(BTreeMap::new()),
            tried: RwSignal::new(false),
        }
    }

    /// What the form says, if nothing is missing.
    pub fn read(self) -> Option<NewInspection> {
        let filled = |text: RwSignal<String>| {
            Some(text.get_untracked().trim().to_owned()).filter(|t| !t.is_empty())
        };
        let lines = self.inspectors.get_untracked();
        let inspectors =
            lines.split(['\n', ';', ',']).map(str::trim).filter(|name| !name.is_empty());
        Some(NewInspection {
            checklist: self.chosen.get_untracked()?,
            unit: Unit {
                name: filled(self.unit_name)?,
                code: filled(self.unit_code),
                kind: self.unit_type.get_untracked(),
            },
            period: Period::read(&self.period.get_untracked())?,
            superior: filled(self.superior),
            inspectors: inspectors.map(str::to_owned).collect(),
            questions: self.questions.get_untracked(),
        })
    }
}
