//! The custom element: wiring only. The class itself is in `shell/element.js`, which calls this.

mod reading;
mod telling;

use js_sys::{Array, JSON, Object, Promise, Reflect};
use leptos::mount::mount_to;
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use web_sys::{CssStyleSheet, HtmlElement, ShadowRoot};

use crate::app::{App, Call, Failure, Listed, NewInspection, OnConflict, Prefill, Property};
use crate::browser::listener::Listener;
use crate::checklist::Language;
use crate::inspection::{InspectionId, Period, RawAnswer, RawUnit, Unit};
use crate::view::{Root, reread};
use telling::teller;

/// The sheets of `style/`, in order of precedence.
const STYLE: &str = concat!(
    include_str!("../style/tokens.css"),
    include_str!("../style/base.css"),
    include_str!("../style/buttons.css"),
    include_str!("../style/fields.css"),
    include_str!("../style/notices.css"),
    include_str!("../style/home.css"),
    include_str!("../style/inspection.css"),
    include_str!("../style/find.css"),
    include_str!("../style/item.css"),
    include_str!("../style/roster.css"),
    include_str!("../style/evidence.css"),
    include_str!("../style/result.css"),
    include_str!("../style/dialog.css"),
    include_str!("../style/modes.css"),
);

/// One element on a page.
#[wasm_bindgen]
pub struct Element {
    app: App,
    host: HtmlElement,
    root: ShadowRoot,
    _reading: Vec<Listener>,
    /// Unmounts the page when it is dropped.
    _page: Box<dyn std::any::Any>,
}

/// Mounts the component into an element's shadow root.
///
/// # Errors
/// When the browser can't make a constructed style sheet or a node.
#[wasm_bindgen]
pub fn mount(host: HtmlElement, root: ShadowRoot) -> Result<Element, JsValue> {
    crate::browser::names::share();
    root.set_text_content(None);
    adopt_style(&root)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let container: HtmlElement =
        document.create_element("div")?.dyn_into().map_err(|_| "no HTML element")?;
    root.append_child(&container)?;

    let app = App::new(language_of(&host), teller(&host), prefill_of(&host), property_of(&host));
    let page = {
        let (app, root) = (app.clone(), root.clone());
        mount_to(container, move || view! { <Root app shadow=root/> })
    };
    let (connecting, given) = (app.clone(), host.clone());
    spawn_local(async move {
        connecting.connect().await;
        check_language(&connecting, &given);
        connecting.check_upload_url();
    });
    let _reading = reading::listeners(&root);
    Ok(Element { app, host, root, _reading, _page: Box::new(page) })
}

#[wasm_bindgen]
impl Element {
    /// Follows a change of an attribute, or of a property that has no attribute. `lang` and the
    /// upload settings take effect at once. The others prefill the start form.
    #[wasm_bindgen(js_name = attributeChanged)]
    pub fn attribute_changed(&self, name: &str) {
        match name {
            "lang" => match language_of(&self.host) {
                Some(language) => self.app.follow_language(language),
                None => check_language(&self.app, &self.host),
            },
            "upload-url" => {
                self.app.upload_changed();
                self.app.check_upload_url();
            }
            "uploadHeaders" | "uploadCredentials" => self.app.upload_changed(),
            _ => self.app.attributes_changed(),
        }
    }

    /// Calls a method of the contract and returns a promise. The shell passes the arguments as
    /// JSON, so that nothing that the host's page does to objects has an effect here.
    pub fn call(&self, method: String, arguments: Array) -> Promise {
        let app = self.app.clone();
        // `setAnswer` changes a single item and depends on no field.
        if method != "setAnswer" {
            reread::all(&self.root);
        }
        let answering = Call::begin(&app);
        future_to_promise(async move {
            let _answering = answering;
            app.until_ready().await;
            let result = call(&app, &method, &arguments).await;
            result.map_err(|failure| {
                let error = js_sys::Error::new(&failure.sentence(app.words()));
                _ = Reflect::set(&error, &"code".into(), &failure.code().into());
                error.into()
            })
        })
    }

    /// Unmounts the page after the element was removed from its document. The store saves unsaved
    /// records when its last handle is dropped.
    pub fn unmount(self) {
        reread::all(&self.root);
    }
}

fn adopt_style(root: &ShadowRoot) -> Result<(), JsValue> {
    let sheet = CssStyleSheet::new()?;
    sheet.replace_sync(STYLE)?;
    root.set_adopted_style_sheets(&Array::of1(&sheet));
    Ok(())
}

fn language_of(host: &HtmlElement) -> Option<Language> {
    Language::from_code(&host.get_attribute("lang")?)
}

/// Reports an error if the host asks for an unknown language.
fn check_language(app: &App, host: &HtmlElement) {
    let given = host.get_attribute("lang").filter(|given| !given.is_empty());
    if given.is_some() && language_of(host).is_none() {
        app.report_failure(&Failure::BadAttribute("lang"));
    }
}

fn prefill_of(host: &HtmlElement) -> Box<dyn Fn() -> Prefill> {
    let host = host.clone();
    Box::new(move || {
        let attribute = |name| host.get_attribute(name).unwrap_or_default();
        let namespace = Some(attribute("storage-namespace")).filter(|name| !name.is_empty());
        Prefill {
            checklist: attribute("checklist"),
            unit_name: attribute("unit-name"),
            unit_code: attribute("unit-code"),
            unit_type: attribute("unit-type"),
            superior_name: attribute("superior-name"),
            period: attribute("period"),
            upload_url: attribute("upload-url").trim().to_owned(),
            storage_namespace: namespace.unwrap_or_else(|| "default".to_owned()),
        }
    })
}

fn property_of(host: &HtmlElement) -> Property {
    let host = host.clone();
    Rc::new(move |name| Reflect::get(&host, &name.into()).unwrap_or(JsValue::UNDEFINED))
}

async fn call(app: &App, method: &str, arguments: &Array) -> Result<JsValue, Failure> {
    match method {
        "startInspection" => {
            let new = new_inspection(app, read(arguments, 0)?).await?;
            Ok(app.start(new).await?.as_str().into())
        }
        "openInspection" => {
            let id: String = read(arguments, 0)?;
            let id = InspectionId::parse(&id).ok_or(Failure::UnknownInspection)?;
            app.open_inspection(&id).await?;
            Ok(JsValue::UNDEFINED)
        }
        "listInspections" => {
            let listed = app.inspections().await;
            let listed = listed.iter().filter(|listed| !listed.deleted).map(listed_json);
            Ok(to_js(&listed.collect()))
        }
        "setAnswer" => {
            let item: String = read(arguments, 0)?;
            let answer: RawAnswer = read(arguments, 1)?;
            Ok(app.set_answer(&item, answer)?.name().into())
        }
        "exportReport" => Ok(to_js(&app.report()?.json())),
        "importReport" => {
            let on_conflict = on_conflict(arguments)?;
            let text = given(arguments, 0)?;
            Ok(app.import_report(text.as_bytes(), on_conflict).await?.as_str().into())
        }
        "flush" => app.flush().await.map(|()| JsValue::UNDEFINED),
        unknown => Err(Failure::UnknownMethod(unknown.to_owned())),
    }
}

/// The arguments of `startInspection`.
#[derive(Deserialize)]
struct StartArguments {
    checklist: String,
    unit: Value,
    period: String,
}

async fn new_inspection(app: &App, given: StartArguments) -> Result<NewInspection, Failure> {
    let period = Period::parse(&given.period).filter(|period| !period.is_too_long());
    let period = period.ok_or(Failure::InvalidPeriod(given.period))?;
    let unit: Option<RawUnit> = serde_json::from_value(given.unit).ok();
    let unit = unit.and_then(Unit::from_raw).ok_or(Failure::InvalidUnit)?;
    let superior = Some(app.prefill().superior_name).filter(|name| !name.is_empty());
    Ok(NewInspection {
        checklist: app.checklist(&given.checklist).await?,
        unit,
        period,
        superior,
        inspectors: Vec::new(),
        questions: Default::default(),
        entries: Default::default(),
    })
}

fn on_conflict(arguments: &Array) -> Result<OnConflict, Failure> {
    #[derive(Deserialize)]
    struct Options {
        #[serde(rename = "onConflict")]
        on_conflict: Option<String>,
    }
    let options: Option<Options> = match given(arguments, 1) {
        Ok(_) => read(arguments, 1)?,
        Err(_) => None,
    };
    match options.and_then(|options| options.on_conflict).as_deref() {
        None | Some("reject") => Ok(OnConflict::Reject),
        Some("replace") => Ok(OnConflict::Replace),
        Some("keep-both") => Ok(OnConflict::KeepBoth),
        Some(_) => Err(Failure::BadArguments("onConflict".to_owned())),
    }
}

fn listed_json(listed: &Listed) -> Value {
    let Listed { id, header, checklist, exported_at, .. } = listed;
    let mut object = json!({
        "id": id.as_str(),
        "checklist": checklist.id,
        "unit": header.to_raw().unit,
        "period": header.period.to_string(),
        "status": header.status.name(),
        "createdAt": header.created_at.as_str(),
        "updatedAt": header.updated_at.as_str(),
    });
    if let (Some(exported_at), Some(object)) = (exported_at, object.as_object_mut()) {
        object.insert("exportedAt".to_owned(), exported_at.as_str().into());
    }
    object
}

/// Reads an argument as a type of this program.
fn read<T: serde::de::DeserializeOwned>(arguments: &Array, index: u32) -> Result<T, Failure> {
    let text = given(arguments, index)?;
    serde_json::from_str(&text).map_err(|error| Failure::BadArguments(error.to_string()))
}

/// Returns an argument as JSON, if it was given.
fn given(arguments: &Array, index: u32) -> Result<String, Failure> {
    let text = arguments.get(index).as_string();
    text.ok_or_else(|| Failure::BadArguments("undefined".to_owned()))
}

/// Returns a value as plain objects and arrays for the host.
fn to_js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).unwrap_or_else(|_| Object::new().into())
}
