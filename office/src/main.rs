//! The second WebAssembly file. Its other side is `src/browser/office.rs`, by way of
//! `src/shell/office.js`.

#[cfg(target_arch = "wasm32")]
mod archive;

#[cfg(target_arch = "wasm32")]
mod exports {
    use js_sys::Uint8Array;
    use wasm_bindgen::JsError;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A sheet, as JSON, as the bytes of an .xlsx file.
    ///
    /// # Errors
    /// When it is not a sheet, or one that no such file can hold.
    #[wasm_bindgen]
    pub fn xlsx(sheet: &str) -> Result<Vec<u8>, JsError> {
        Ok(tu_kiem_tra_office::xlsx(&serde_json::from_str(sheet)?)?)
    }

    /// A report, as JSON, and its photos, in their order, as the bytes of a .docx file.
    ///
    /// # Errors
    /// When it is not a report, or one that no such file can hold.
    #[wasm_bindgen]
    pub fn docx(document: &str, photos: Vec<Uint8Array>) -> Result<Vec<u8>, JsError> {
        let photos = photos.iter().map(Uint8Array::to_vec).collect();
        Ok(tu_kiem_tra_office::docx(&serde_json::from_str(document)?, photos)?)
    }
}

fn main() {}
