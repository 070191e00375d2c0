//! The photos of the evidence: below the tables of the annex, each under the number that the tables
//! refer to.

use std::collections::{BTreeMap, BTreeSet};

use super::head::given;
use super::{Block, Photo, Photos, Sources, text};
use crate::checklist::Digest;
use crate::inspection::{Entry, Evidence, Inspection, Media};
use crate::messages::fill;

/// The photos that can be shown, with width and height in pixels.
pub type Shown = BTreeMap<Digest, (u32, u32)>;

/// A photo that is shown.
pub(super) struct Numbered {
    sha256: Digest,
    size: (u32, u32),
    /// The descriptions of what it shows, each once.
    titles: Vec<String>,
    /// The items that it is attached to.
    items: Vec<String>,
}

/// Returns the items that the document covers, each with the words that refer to it and its entry:
/// the items that apply, and those of earlier versions of the checklist.
fn entries(inspection: &Inspection) -> impl Iterator<Item = (String, &Entry)> {
    let items = inspection.checklist.items.iter().zip(1..);
    let items = items.filter(|(item, _)| inspection.header.applies(item));
    let items = items.filter_map(|(item, number): (_, usize)| {
        let entry = inspection.entries.get(&item.id)?;
        Some((fill(text::OF_ITEM, &[("number", &number.to_string())]), entry))
    });
    let earlier = inspection.earlier.iter().flat_map(|earlier| {
        let version = earlier.checklist.version.as_str();
        earlier.items.iter().zip(1..).map(move |(kept, number): (_, usize)| {
            let told = [("number", &*number.to_string()), ("version", version)];
            (fill(text::OF_EARLIER_ITEM, &told), &kept.entry)
        })
    });
    items.chain(earlier)
}

/// Returns the photos that the document on an inspection shows, if they are available.
#[must_use]
pub fn photos(inspection: &Inspection) -> BTreeSet<Digest> {
    let evidence = entries(inspection).flat_map(|(_, entry)| &entry.evidence);
    evidence.filter(|one| one.media == Media::Jpeg).map(|one| one.sha256).collect()
}

/// Returns the photos of an inspection in the order of the items. A photo of several items occurs
/// once.
pub(super) fn numbered(inspection: &Inspection, shown: &Shown) -> Vec<Numbered> {
    let mut photos: Vec<Numbered> = Vec::new();
    let mut places = BTreeMap::new();
    for (item, entry) in entries(inspection) {
        for one in &entry.evidence {
            let Some(&size) = shown.get(&one.sha256) else { continue };
            let known = places.get(&one.sha256).and_then(|place: &usize| photos.get_mut(*place));
            let title = given(&one.caption).unwrap_or(&one.name).to_owned();
            if let Some(known) = known {
                known.items.push(item.clone());
                // Its caption may be another one there.
                if !known.titles.contains(&title) {
                    known.titles.push(title);
                }
                continue;
            }
            places.insert(one.sha256, photos.len());
            let (titles, items) = (vec![title], vec![item.clone()]);
            photos.push(Numbered { sha256: one.sha256, size, titles, items });
        }
    }
    photos
}

impl Sources<'_> {
    /// Returns the photos, if there are any.
    pub(super) fn photos(&self) -> Option<Block> {
        let photos = self.photos.iter().zip(1..).map(|(photo, number): (_, usize)| {
            let told = [
                ("number", &*number.to_string()),
                ("items", &photo.items.join(", ")),
                ("what", &photo.titles.join("; ")),
            ];
            let (width, height) = photo.size;
            let id = photo.sha256.to_string();
            Photo { id, title: fill(text::PHOTO, &told), width, height }
        });
        let photos: Vec<_> = photos.collect();
        let caption = text::PHOTOS.to_owned();
        (!photos.is_empty()).then_some(Block::Photos(Photos { caption, photos }))
    }

    /// Returns the evidence of an item: the caption, the name of the file, and the number of the
    /// photo.
    pub(super) fn evidence(&self, entry: &Entry) -> String {
        let named: Vec<_> = entry.evidence.iter().map(|one| self.piece(one)).collect();
        if named.is_empty() {
            String::new()
        } else {
            fill(text::EVIDENCE, &[("what", &named.join("; "))])
        }
    }

    fn piece(&self, one: &Evidence) -> String {
        let place = self.photos.iter().position(|photo| photo.sha256 == one.sha256);
        let number = place.map(|place| fill(text::SEE, &[("number", &(place + 1).to_string())]));
        let file = [Some(one.name.clone()), number].into_iter().flatten().collect::<Vec<_>>();
        match given(&one.caption) {
            Some(caption) => format!("{caption} ({})", file.join(", ")),
            None => file.join(", "),
        }
    }
}
