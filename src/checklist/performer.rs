//! The kinds of unit that perform items and inspect themselves.

use serde::{Deserialize, Serialize};

/// A kind of unit. An item is shown to a unit whose type is among the item's performers.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Performer {
    /// People's Committee of a commune or ward, and its officials.
    #[default]
    Commune,
    /// Centre of public services of a commune ('Trung tâm Phục vụ hành chính công'), in place of
    /// the one-stop desk since 01/7/2025.
    PublicServiceCentre,
    /// Office of the People's Council and People's Committee of a commune ('Văn phòng HĐND và
    /// UBND'), since 01/7/2025.
    CouncilPeopleOffice,
    /// Office of economy of a commune ('Phòng Kinh tế' or 'Phòng Kinh tế, Hạ tầng và Đô thị'),
    /// since 01/7/2025.
    Economy,
    /// Office of culture and social affairs of a commune ('Phòng Văn hóa - Xã hội'), since
    /// 01/7/2025.
    CultureSociety,
    /// The one-stop desk ('Bộ phận Một cửa').
    OneStop,
    /// A specialised office that has no name of its own here.
    Office,
    /// Office of internal affairs ('Phòng Nội vụ').
    InternalAffairs,
    /// Office of justice ('Phòng Tư pháp').
    Justice,
    /// Office of finance and planning ('Phòng Tài chính – Kế hoạch').
    Finance,
    /// Office of culture and information ('Phòng Văn hóa và Thông tin').
    CultureInformation,
    /// Office of the People's Council and People's Committee of a district or city ('Văn phòng HĐND
    /// và UBND').
    CouncilOffice,
    /// The youth union ('Thành đoàn').
    YouthUnion,
    /// A public service unit ('đơn vị sự nghiệp công lập').
    PublicServiceUnit,
}

impl Performer {
    /// Every kind, the most frequent first.
    pub const ALL: [Self; 14] = [
        Self::Commune,
        Self::PublicServiceCentre,
        Self::CouncilPeopleOffice,
        Self::Economy,
        Self::CultureSociety,
        Self::OneStop,
        Self::Office,
        Self::InternalAffairs,
        Self::Justice,
        Self::Finance,
        Self::CultureInformation,
        Self::CouncilOffice,
        Self::YouthUnion,
        Self::PublicServiceUnit,
    ];

    /// Returns the name in files and attributes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::PublicServiceCentre => "public-service-centre",
            Self::CouncilPeopleOffice => "council-people-office",
            Self::Economy => "economy",
            Self::CultureSociety => "culture-society",
            Self::OneStop => "one-stop",
            Self::Office => "office",
            Self::InternalAffairs => "internal-affairs",
            Self::Justice => "justice",
            Self::Finance => "finance",
            Self::CultureInformation => "culture-information",
            Self::CouncilOffice => "council-office",
            Self::YouthUnion => "youth-union",
            Self::PublicServiceUnit => "public-service-unit",
        }
    }

    /// Returns whether a unit of this kind is among some performers. A centre of public services
    /// has taken over the work of a one-stop desk.
    #[must_use]
    pub fn is_among(self, performers: &[Self]) -> bool {
        performers.contains(&self)
            || (self == Self::PublicServiceCentre && performers.contains(&Self::OneStop))
    }

    /// Returns the kind with that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|performer| performer.name() == name)
    }
}
