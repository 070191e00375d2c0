//! The photos of the open inspection's evidence on paper. They are drawn before the person prints: a browser may print
//! only what is ready when she asks for it.

use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::Uint8Array;
use web_sys::{HtmlCanvasElement, HtmlElement};

use super::App;
use crate::browser::office::NotMade;
use crate::browser::picture;
use crate::checklist::Digest;
use crate::document::{Document, Shown};
use crate::evidence::longest_side_on_paper;
use crate::inspection::Media;
use crate::storage::AttachmentKey;

/// Photos that are ready for paper. Cheap to clone.
#[derive(Clone, Default)]
pub struct Photos {
    drawn: Rc<BTreeMap<Digest, HtmlCanvasElement>>,
    /// How many are not on this device.
    pub missing: usize,
}

impl App {
    /// The photos of the open inspection.
    #[must_use]
    pub fn photos(&self) -> Vec<Digest> {
        let Some(open) = self.open() else { return Vec::new() };
        let inspection = open.snapshot();
        let earlier = inspection.earlier.iter().flat_map(|earlier| &earlier.items);
        let entries = inspection.entries.values().chain(earlier.map(|kept| &kept.entry));
        let evidence = entries.flat_map(|entry| &entry.evidence);
        let photos = evidence.filter(|one| one.media == Media::Jpeg).map(|one| one.sha256);
        photos.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    }

    /// Draws photos of the open inspection for as long as somebody waits for them, one after the other, as the memory of
    /// a tablet does not hold several as they were taken.
    pub async fn draw_photos(&self, photos: &[Digest], is_waited_for: impl Fn() -> bool) -> Photos {
        let Some((store, inspection)) = self.store().zip(self.open_id()) else {
            return Photos::default();
        };
        let longest = longest_side_on_paper(photos.len());
        let mut drawn = BTreeMap::new();
        for &sha256 in photos {
            if !is_waited_for() {
                break;
            }
            let key = AttachmentKey { inspection: inspection.clone(), sha256 };
            let Ok(Some(bytes)) = store.attachment(&key).await else { continue };
            if let Ok(canvas) = picture::drawn(&bytes, longest).await {
                drawn.insert(sha256, canvas);
            }
        }
        Photos { missing: photos.len().saturating_sub(drawn.len()), drawn: Rc::new(drawn) }
    }
}

impl Photos {
    /// Their sizes, for the document in which they are to stand.
    pub(super) fn shown(&self) -> Shown {
        let sizes = self.drawn.iter();
        sizes.map(|(sha256, canvas)| (*sha256, (canvas.width(), canvas.height()))).collect()
    }

    /// Puts each into its place on a page, the element whose `data-photo` names it.
    pub fn put(&self, page: &HtmlElement) {
        for (sha256, canvas) in self.drawn.iter() {
            let place = page.query_selector(&format!("[data-photo=\"{sha256}\"]")).ok().flatten();
            if let Some(place) = place {
                _ = place.append_child(canvas);
            }
        }
    }

    /// The files of those that stand in a document, in its order.
    pub(super) async fn files(&self, document: &Document) -> Result<Vec<Uint8Array>, NotMade> {
        let mut files = Vec::new();
        for photo in document.photos() {
            let canvas = Digest::parse(&photo.id).and_then(|sha256| self.drawn.get(&sha256));
            let file = picture::encoded(canvas.ok_or(NotMade::Failed)?).await;
            files.push(file.map_err(|_| NotMade::Failed)?);
        }
        Ok(files)
    }
}
