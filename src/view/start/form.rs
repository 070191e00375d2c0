//! The texts and choices in the form, and their meaning.

use chrono::NaiveDate;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::as_typed;
use crate::app::{App, Failure, NewInspection, Prefill, name_by_digest};
use crate::checklist::{Checklist, Performer, QuestionId, builtin};
use crate::comparison::Judged;
use crate::inspection::{Carry, Inspection, Period, Successive, Unit};
use crate::messages::Messages;

/// The texts and choices in the form.
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
    /// The inspection whose next period this is to be.
    pub earlier: RwSignal<Option<Arc<Inspection>>>,
    /// The parts of it that are taken over.
    pub carry: RwSignal<Carry>,
    /// Whether starting was tried: only then it is said what is missing.
    pub tried: RwSignal<bool>,
    /// The attributes that the host gave when it was last asked.
    given: StoredValue<Prefill>,
}

impl Form {
    /// A form filled with what the host gave, or with the unit that was entered last.
    pub fn prefilled(app: &App) -> Self {
        let form = Self {
            checklist: RwSignal::default(),
            chosen: RwSignal::new(None),
            unit_name: RwSignal::default(),
            unit_code: RwSignal::default(),
            unit_type: RwSignal::default(),
            period: RwSignal::default(),
            superior: RwSignal::default(),
            inspectors: RwSignal::default(),
            questions: RwSignal::default(),
            earlier: RwSignal::new(None),
            carry: RwSignal::default(),
            tried: RwSignal::new(false),
            given: StoredValue::new(Prefill::default()),
        };
        form.clear(app);
        form
    }

    /// Begins anew, as for the next inspection.
    pub fn clear(self, app: &App) {
        let (last_unit, last_type) = app.last_unit();
        self.given.set_value(Prefill::default());
        self.checklist.set(String::new());
        self.unit_name.set(String::new());
        self.unit_code.set(String::new());
        self.period.set(String::new());
        self.superior.set(String::new());
        self.inspectors.set(String::new());
        self.questions.set(BTreeMap::new());
        self.earlier.set(None);
        self.carry.set(Carry::default());
        self.tried.set(false);
        let last_type = last_type.as_deref().and_then(Performer::from_name);
        self.unit_type.set(last_type.unwrap_or_default());
        self.take_attributes(app);
        if self.unit_name.with_untracked(String::is_empty) {
            self.unit_name.set(last_unit.unwrap_or_default());
        }
    }

    /// Whether the form is still there: the component may have been taken down meanwhile.
    pub fn is_there(self) -> bool {
        self.tried.try_get_untracked().is_some()
    }

    /// Fills the form in for the next period of an inspection: the same checklist and unit, and on
    /// demand what is taken over; the period is the one that follows, if there is one.
    pub fn follow_up(self, earlier: Arc<Inspection>, words: &Messages) {
        let header = &earlier.header;
        let checklist = &earlier.checklist;
        // A newer version of a checklist that is compiled in goes before the one of then.
        let name = match builtin(checklist.id.as_str()).is_some() {
            true => checklist.id.to_string(),
            false => name_by_digest(checklist),
        };
        self.checklist.set(name);
        self.unit_name.set(header.unit.name.clone());
        self.unit_code.set(header.unit.code.clone().unwrap_or_default());
        self.unit_type.set(header.unit.kind);
        self.superior.set(header.superior.clone().unwrap_or_default());
        self.inspectors.set(header.inspectors.join(", "));
        let following = header.period.following();
        self.period.set(following.map(|period| as_typed(period, words)).unwrap_or_default());
        self.questions.set(BTreeMap::new());
        self.carry.set(Carry::default());
        self.tried.set(false);
        self.earlier.set(Some(earlier));
    }

    /// The inspection that is taken over from, if its checklist is the one that is chosen.
    pub fn earlier_of_same(self) -> Option<Arc<Inspection>> {
        let chosen = self.chosen.get()?;
        self.earlier.get().filter(|earlier| earlier.checklist.id == chosen.id)
    }

    /// Takes in what the host gives now: into fields that hold nothing but what it gave before.
    pub fn take_attributes(self, app: &App) {
        let given = app.prefill();
        let before = self.given.get_value();
        let follow = |field: RwSignal<String>, before: &str, now: &str| {
            if before != now && field.with_untracked(|text| text.is_empty() || text == before) {
                field.set(now.to_owned());
            }
        };
        follow(self.checklist, &before.checklist, &given.checklist);
        follow(self.unit_name, &before.unit_name, &given.unit_name);
        follow(self.unit_code, &before.unit_code, &given.unit_code);
        follow(self.period, &before.period, &given.period);
        follow(self.superior, &before.superior_name, &given.superior_name);
        if given.unit_type != before.unit_type && !given.unit_type.is_empty() {
            match Performer::from_name(&given.unit_type) {
                Some(performer) => self.unit_type.set(performer),
                None => app.report_failure(&Failure::BadAttribute("unit-type")),
            }
        }
        self.given.set_value(given);
    }

    /// Returns the inspection that the form describes, if nothing is missing. Carried findings are
    /// judged as of `today`.
    pub fn read(self, today: NaiveDate) -> Option<NewInspection> {
        let filled = |text: RwSignal<String>| {
            Some(text.get_untracked().trim().to_owned()).filter(|t| !t.is_empty())
        };
        let lines = self.inspectors.get_untracked();
        let inspectors =
            lines.split(['\n', ';', ',']).map(str::trim).filter(|name| !name.is_empty());
        let checklist = self.chosen.get_untracked()?;
        let earlier = self.earlier.get_untracked();
        let earlier = earlier.filter(|earlier| earlier.checklist.id == checklist.id);
        let carry = self.carry.get_untracked();
        let period = Period::read(&self.period.get_untracked())?;
        let entries = earlier.map(|earlier| {
            let judged = Judged::of(&earlier, today);
            let periods = Successive { before: earlier.header.period, next: period };
            carry.entries(&earlier.entries, periods, &checklist, |id| judged.is_settled(id))
        });
        Some(NewInspection {
            entries: entries.unwrap_or_default(),
            checklist,
            unit: Unit {
                name: filled(self.unit_name)?,
                code: filled(self.unit_code),
                kind: self.unit_type.get_untracked(),
            },
            period,
            superior: filled(self.superior),
            inspectors: inspectors.map(str::to_owned).collect(),
            questions: self.questions.get_untracked(),
        })
    }
}
