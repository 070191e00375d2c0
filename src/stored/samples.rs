//! Records for tests.

use super::record::{Key, Part, Record, Stamp, WriterId};
use crate::checklist::ItemId;
use crate::inspection::InspectionId;

pub fn header_key(inspection: u8) -> Key {
    let mut bytes = [0; 16];
    bytes[15] = inspection;
    Key { inspection: InspectionId::from_random(bytes), part: Part::Header }
}

pub fn item_key(inspection: u8, item: &str) -> Key {
    Key { part: Part::Item(ItemId::new(item).unwrap()), ..header_key(inspection) }
}

pub fn record(key: Key, revision: u64, writer: u8) -> Record {
    let stamp = Stamp { revision, writer: WriterId::from_random([writer; 8]) };
    Record { key, stamp, body: "{\"note\":\"đủ\"}".to_owned() }
}
