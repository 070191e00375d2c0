//! The photos of the open inspection's evidence on paper. They are drawn before the person prints:
//! a browser may print only content that is ready when printing is requested.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use js_sys::Uint8Array;
use web_sys::{HtmlCanvasElement, HtmlElement};

use super::App;
use super::lacking::Lacking;
use crate::browser::office::NotMade;
use crate::browser::picture;
use crate::checklist::Digest;
use crate::document::{self, Document, Shown};
use crate::evidence::longest_side_on_paper;
use crate::storage::AttachmentKey;

/// Photos that are ready for paper. Cheap to clone.
#[derive(Clone, Default)]
pub struct DrawnPhotos {
    drawn: Rc<Drawn>,
    /// The photos that the items lack, a line for each file.
    pub lacks: Vec<String>,
    /// The number of photos that are here but could not be read or drawn.
    pub undrawn: usize,
}

#[derive(Default)]
struct Drawn(BTreeMap<Digest, HtmlCanvasElement>);

impl Drop for Drawn {
    fn drop(&mut self) {
        // The memory of canvases is precious, and some browsers free it late.
        self.0.values().for_each(|canvas| canvas.set_width(0));
    }
}

impl App {
    /// Returns the photos that the open inspection's document shows.
    #[must_use]
    pub fn photos(&self) -> BTreeSet<Digest> {
        self.open().map(|open| document::photos(&open.snapshot())).unwrap_or_default()
    }

    /// Draws photos of the open inspection while somebody waits for them. They are drawn one after
    /// the other, as a tablet's memory can't hold several in full size.
    pub async fn draw_photos(
        &self,
        photos: &BTreeSet<Digest>,
        is_waited_for: impl Fn() -> bool,
    ) -> DrawnPhotos {
        let Some((store, inspection)) = self.store().zip(self.open_id()) else {
            return DrawnPhotos::default();
        };
        let longest = longest_side_on_paper(photos.len());
        let mut drawn = Drawn::default();
        let (mut lacking, mut undrawn) = (Lacking::new(), 0);
        for &sha256 in photos {
            if !is_waited_for() {
                break;
            }
            let key = AttachmentKey { inspection: inspection.clone(), sha256 };
            let canvas = match store.attachment(&key).await {
                Ok(Err(lack)) => {
                    lacking.insert(sha256, lack);
                    continue;
                }
                Ok(Ok(bytes)) => picture::drawn(&bytes, longest).await.ok(),
                Err(_) => None,
            };
            match canvas {
                Some(canvas) => _ = drawn.0.insert(sha256, canvas),
                None => undrawn += 1,
            }
        }
        let lacks = match self.open() {
            Some(open) if !lacking.is_empty() => self.lacks_of(&open.snapshot(), &lacking),
            _ => Vec::new(),
        };
        DrawnPhotos { drawn: Rc::new(drawn), lacks, undrawn }
    }
}

impl DrawnPhotos {
    /// Returns the sizes for the document.
    pub(super) fn shown(&self) -> Shown {
        let sizes = self.drawn.0.iter();
        sizes.map(|(sha256, canvas)| (*sha256, (canvas.width(), canvas.height()))).collect()
    }

    /// Puts each photo into its place on a page: the element whose `data-photo` names it. The
    /// photos must be kept for as long as the page.
    pub fn put(&self, page: &HtmlElement) {
        for (sha256, canvas) in self.drawn.0.iter() {
            let place = page.query_selector(&format!("[data-photo=\"{sha256}\"]")).ok().flatten();
            if let Some(place) = place {
                _ = place.append_child(canvas);
            }
        }
    }

    /// Returns the files of the photos in a document, in its order.
    pub(super) async fn files(&self, document: &Document) -> Result<Vec<Uint8Array>, NotMade> {
        let mut files = Vec::new();
        for photo in document.photos() {
            let canvas = Digest::parse(&photo.id).and_then(|sha256| self.drawn.0.get(&sha256));
            let file = picture::encode(canvas.ok_or(NotMade::Failed)?).await;
            files.push(file.map_err(|_| NotMade::Failed)?);
        }
        Ok(files)
    }
}
