//! The second program, which makes office files, as `src/shell/office.js` hands it over.

use std::cell::OnceCell;

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

#[wasm_bindgen]
extern "C" {
    /// The shell's maker of office files.
    #[derive(Clone)]
    pub type Office;

    #[wasm_bindgen(method, catch)]
    async fn xlsx(this: &Office, sheet: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    async fn docx(
        this: &Office,
        document: &str,
        photos: Vec<Uint8Array>,
    ) -> Result<JsValue, JsValue>;
}

thread_local! {
    static OFFICE: OnceCell<Office> = const { OnceCell::new() };
}

/// Why there is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMade {
    /// The program could not be fetched.
    NotFetched(NotFetched),
    /// It failed.
    Failed,
    /// Its text would have more than so many bytes, and could not be read again.
    TooLarge(usize),
    /// It was made and could not be read again.
    Unfit,
}

/// Why the program could not be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFetched {
    /// The network failed, or nothing came any more.
    Unreachable,
    /// The server answers, but not with the program.
    Unavailable,
    /// The server has another release by now.
    Replaced,
}

impl From<&JsValue> for NotMade {
    fn from(error: &JsValue) -> Self {
        let code = Reflect::get(error, &"code".into()).ok().and_then(|code| code.as_string());
        Self::NotFetched(match code.as_deref() {
            Some("unreachable") => NotFetched::Unreachable,
            Some("unavailable") => NotFetched::Unavailable,
            Some("replaced") => NotFetched::Replaced,
            _ => return Self::Failed,
        })
    }
}

/// The shell is here.
#[wasm_bindgen(js_name = tellOffice)]
pub fn tell_office(office: Office) {
    // There is one shell; a second one would give the same.
    OFFICE.with(|known| _ = known.set(office));
}

/// Returns the shell's maker of office files, if it is here.
pub(super) fn office() -> Option<Office> {
    OFFICE.with(|known| known.get().cloned())
}

/// A sheet, as JSON, as the bytes of an .xlsx file. Fetches the program if it is not there yet.
///
/// # Errors
/// Why there is none.
pub async fn xlsx(sheet: &str) -> Result<Vec<u8>, NotMade> {
    bytes(office().ok_or(NotMade::Failed)?.xlsx(sheet).await)
}

/// A report, as JSON, and its photos as the bytes of a .docx file. Fetches the program if it is not
/// there yet.
///
/// # Errors
/// Why there is none.
pub async fn docx(document: &str, photos: Vec<Uint8Array>) -> Result<Vec<u8>, NotMade> {
    bytes(office().ok_or(NotMade::Failed)?.docx(document, photos).await)
}

fn bytes(made: Result<JsValue, JsValue>) -> Result<Vec<u8>, NotMade> {
    let made = made.map_err(|error| NotMade::from(&error))?;
    made.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).map_err(|_| NotMade::Failed)
}
