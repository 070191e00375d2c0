//! The details of the printed report, each of which is a record of its own, so that two windows can
//! fill in different ones.

/// One of the [`Details`](crate::document::Details) of a printed report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// The body above the issuing one.
    Superior,
    /// The issuing body.
    Agency,
    /// The number of the document.
    Number,
    /// The symbol after the number.
    Symbol,
    /// The place of issue.
    Place,
    /// The date of issue.
    Date,
    /// The subject.
    Subject,
    /// The addressees.
    Addressees,
    /// Remarks on the whole.
    General,
    /// The difficulties.
    Difficulties,
    /// The proposals.
    Proposals,
    /// The signer's authority and office.
    Office,
    /// The signer's name.
    Signer,
    /// The recipients of copies.
    Recipients,
    /// The orientation of the annex.
    Annex,
}

impl Detail {
    /// All of them, in the order of the document.
    pub const ALL: [Self; 15] = [
        Self::Superior,
        Self::Agency,
        Self::Number,
        Self::Symbol,
        Self::Place,
        Self::Date,
        Self::Subject,
        Self::Addressees,
        Self::General,
        Self::Difficulties,
        Self::Proposals,
        Self::Office,
        Self::Signer,
        Self::Recipients,
        Self::Annex,
    ];

    /// Returns the name under which it is stored.
    #[must_use]
    pub const fn part(self) -> &'static str {
        match self {
            Self::Superior => "@document-superior",
            Self::Agency => "@document-agency",
            Self::Number => "@document-number",
            Self::Symbol => "@document-symbol",
            Self::Place => "@document-place",
            Self::Date => "@document-date",
            Self::Subject => "@document-subject",
            Self::Addressees => "@document-addressees",
            Self::General => "@document-general",
            Self::Difficulties => "@document-difficulties",
            Self::Proposals => "@document-proposals",
            Self::Office => "@document-office",
            Self::Signer => "@document-signer",
            Self::Recipients => "@document-recipients",
            Self::Annex => "@document-annex",
        }
    }

    /// Returns its name in the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.part().trim_start_matches('@')
    }

    /// Returns the detail that is stored under a name.
    #[must_use]
    pub fn of_part(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|detail| detail.part() == name)
    }
}
