//! Printing a page of its own: a blank frame that has nothing of the host's page, neither styles
//! nor content.
//!
//! A policy that forbids inline styles and scripts holds in the frame as well, so its style is a
//! constructed sheet and its content comes by the DOM alone.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CssStyleSheet, Document, HtmlElement, HtmlIFrameElement, Node, Window};

use super::clock;
use super::listener::Listener;
use super::timer::Timer;

/// For how long a browser may go on without a word that it prints, in milliseconds.
const PATIENCE: i32 = 3_000;

/// A person to whom a dialog was shown took longer than this to answer it, in milliseconds.
const AT_ONCE: f64 = 500.0;

/// The guard that keeps the content in the frame, until it is dropped.
pub type Content = Box<dyn Any>;

/// The frame's page, without its content.
pub struct Page {
    /// Its title; some browsers name the file by it when they print into one, others by the host's
    /// page.
    pub title: String,
    /// Its language.
    pub language: &'static str,
    /// Its style sheet.
    pub style: &'static str,
}

/// The browser can't print a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotPrinted;

/// The frame that is being printed.
struct Frame {
    element: HtmlIFrameElement,
    /// Whether the browser said that it prints.
    begun: Rc<Cell<bool>>,
    silence: Option<Timer>,
    _content: Content,
    _said: [Listener; 2],
}

impl Drop for Frame {
    fn drop(&mut self) {
        self.element.remove();
    }
}

thread_local! {
    /// At most one: not every browser says when it is done, so the last one may stay until the
    /// next.
    static FRAME: RefCell<Option<Frame>> = const { RefCell::new(None) };
}

/// Prints a page that is, while it is printed, in a frame in `place`. `fill` puts the content into
/// its body. `on_silence` is called when the browser may not have printed at all, and says nothing
/// of it, as in an iframe whose sandbox forbids dialogs.
///
/// # Errors
/// When the browser can't make such a frame, or not print it.
pub fn print(
    place: &Node,
    page: Page,
    fill: impl FnOnce(HtmlElement) -> Content,
    on_silence: impl Fn() + 'static,
) -> Result<(), NotPrinted> {
    let frame = make(place, page, fill).map_err(|_| NotPrinted)?;
    let window = frame.element.content_window();
    let begun = Rc::clone(&frame.begun);
    let asked = clock::elapsed();
    FRAME.with(|shown| shown.replace(Some(frame)));
    // Some programs that show web pages have no printing at all.
    let printed =
        window.ok_or(NotPrinted).and_then(|window| window.print().map_err(|_| NotPrinted));
    if printed.is_err() {
        forget();
    } else if is_in_frame() && clock::elapsed() - asked < AT_ONCE {
        // Some browsers say that they print only when the person has chosen how.
        let heard = move || begun.get();
        let silence = Timer::started(PATIENCE, move || {
            if !heard() {
                on_silence();
            }
        });
        FRAME.with_borrow_mut(|shown| {
            if let Some(frame) = shown {
                frame.silence = Some(silence);
            }
        });
    }
    printed
}

/// Whether the page is in a frame of another one.
fn is_in_frame() -> bool {
    let top = web_sys::window().and_then(|window| Some((window.top().ok()??, window)));
    top.is_some_and(|(top, window)| !Object::is(&top, &window))
}

/// Whether the browser prints what a style sheet puts into the margins of pages, such as their
/// numbers. One that does not know such rules drops them. Nor does such a browser keep to pages in
/// landscape: Firefox 153 forgets them on the third page of a table, and cuts off what has no place
/// there.
#[must_use]
pub fn numbers_pages() -> bool {
    const RULE: &str = "@page { @top-center { content: counter(page) } }";
    let knows = || {
        let sheet = CssStyleSheet::new()?;
        sheet.replace_sync(RULE)?;
        let rules = |of: &JsValue| Reflect::get(of, &"cssRules".into());
        let page = Reflect::get_u32(&rules(&sheet)?, 0)?;
        Ok::<_, JsValue>(Reflect::get(&rules(&page)?, &"length".into())?.as_f64() == Some(1.0))
    };
    knows().unwrap_or(false)
}

fn make(
    place: &Node,
    page: Page,
    fill: impl FnOnce(HtmlElement) -> Content,
) -> Result<Frame, JsValue> {
    forget();
    let host = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let element: HtmlIFrameElement = host.create_element("iframe")?.unchecked_into();
    element.set_class_name("print-frame");
    element.set_title(&page.title);
    element.set_attribute("aria-hidden", "true")?;
    element.set_tab_index(-1);
    place.append_child(&element)?;

    let inside = || {
        let window = element.content_window().ok_or(JsValue::NULL)?;
        let document = window.document().ok_or(JsValue::NULL)?;
        document.set_title(&page.title);
        let root = document.document_element().ok_or(JsValue::NULL)?;
        root.set_attribute("lang", page.language)?;
        adopt(&window, &document, page.style)?;
        let body = document.body().ok_or(JsValue::NULL)?;
        Ok::<_, JsValue>((window, body))
    };
    let (window, body) = inside().inspect_err(|_| element.remove())?;
    let begun = Rc::new(Cell::new(false));
    let begins = Rc::clone(&begun);
    let said = [
        Listener::new(&window, "beforeprint", move |_| begins.set(true)),
        // Once the event is over: the listener can't be dropped while it runs.
        Listener::new(&window, "afterprint", |_| {
            wasm_bindgen_futures::spawn_local(async { forget() });
        }),
    ];
    Ok(Frame { _content: fill(body), _said: said, begun, silence: None, element })
}

/// A constructed sheet belongs to the window whose constructor made it.
fn adopt(window: &Window, document: &Document, style: &str) -> Result<(), JsValue> {
    let constructor: Function = Reflect::get(window, &"CSSStyleSheet".into())?.unchecked_into();
    let sheet = Reflect::construct(&constructor, &Array::new())?;
    let sheet: CssStyleSheet = sheet.unchecked_into();
    sheet.replace_sync(style)?;
    Reflect::set(document, &"adoptedStyleSheets".into(), &Array::of1(&sheet))?;
    Ok(())
}

/// Takes away what is left of the last page, where the browser did not say that it is done: it
/// shows what people entered.
pub fn forget() {
    // Dropped after it is out of the cell: what goes with it may ask for it again.
    drop(FRAME.with(RefCell::take));
}
