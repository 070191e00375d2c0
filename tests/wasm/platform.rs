//! The platform's wrappers: clock, files, fetching, events, timers.

use std::cell::Cell;
use std::rc::Rc;

use tu_kiem_tra::browser::clock;
use tu_kiem_tra::browser::download::{ReadError, read_file, save_file};
use tu_kiem_tra::browser::events::dispatch;
use tu_kiem_tra::browser::fetch::{FetchError, fetch_text};
use tu_kiem_tra::browser::listener::Listener;
use tu_kiem_tra::browser::timer::Timer;
use tu_kiem_tra::inspection::Timestamp;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CustomEvent, Event, File, HtmlElement};

use crate::support::until;

#[wasm_bindgen_test]
fn the_clock_is_the_devices() {
    let now = clock::now();
    assert_eq!(Timestamp::parse(now.as_str()), Some(now.clone()));
    let date = js_sys::Date::new_0();
    assert!((now.milliseconds() - date.get_time() as i64).abs() <= 1_000);
    let today =
        format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date());
    assert_eq!(clock::today().to_string(), today);
    assert_eq!(now.day(), today);
}

#[wasm_bindgen_test]
fn random_bytes_differ() {
    let draws: [[u8; 16]; 2] = [clock::random_bytes(), clock::random_bytes()];
    assert_ne!(draws[0], draws[1]);
    assert_ne!(draws[0], [0; 16]);
}

#[wasm_bindgen_test]
async fn a_file_is_read_up_to_the_limit() {
    let parts = js_sys::Array::of1(&"đã".into());
    let file = File::new_with_str_sequence(&parts, "a.json").unwrap();
    assert_eq!(read_file(&file, 4).await, Ok("đã".as_bytes().to_vec()));
    assert_eq!(read_file(&file, 3).await, Err(ReadError::TooLarge { size: 4, limit: 3 }));
}

#[wasm_bindgen_test]
fn a_file_is_saved_without_touching_the_page() {
    let body = web_sys::window().unwrap().document().unwrap().body().unwrap();
    let before = body.child_element_count();
    assert_eq!(save_file("báo cáo.json", "application/json", b"{}"), Ok(()));
    assert_eq!(body.child_element_count(), before);
}

#[wasm_bindgen_test]
async fn a_text_is_fetched_relative_to_the_page() {
    let text = fetch_text("./", 1_000_000).await.unwrap();
    assert!(text.contains("<html"), "{text}");
}

#[wasm_bindgen_test]
async fn fetching_says_what_went_wrong() {
    assert_eq!(fetch_text("./", 10).await, Err(FetchError::TooLarge(10)));
    assert_eq!(fetch_text("./missing.json", 10).await, Err(FetchError::Status(404)));
    assert_eq!(fetch_text("http://127.0.0.1:1/", 10).await, Err(FetchError::Unreachable));
    for url in ["data:text/plain,x", "javascript:1", "http://[", "http://a:b@127.0.0.1/"] {
        assert_eq!(fetch_text(url, 10).await, Err(FetchError::BadUrl(url.to_owned())));
    }
    let program = fetch_text("./wasm-bindgen-test_bg.wasm", 1 << 30).await;
    assert_eq!(program, Err(FetchError::NotText));
}

#[wasm_bindgen_test]
fn events_reach_the_host_with_their_detail() {
    let document = web_sys::window().unwrap().document().unwrap();
    let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&host).unwrap();
    let heard = Rc::new(Cell::new(0));
    let hearing = Rc::clone(&heard);
    let listener = Listener::new(&document, "tkt-test", move |event: Event| {
        let event: CustomEvent = event.unchecked_into();
        assert!(event.bubbles() && event.composed());
        assert_eq!(event.detail(), 7);
        event.prevent_default();
        hearing.set(hearing.get() + 1);
    });
    assert!(dispatch(&host, "tkt-test", &7.into(), false));
    assert!(!dispatch(&host, "tkt-test", &7.into(), true));
    drop(listener);
    assert!(dispatch(&host, "tkt-test", &7.into(), true));
    assert_eq!(heard.get(), 2);
    assert_eq!(Rc::strong_count(&heard), 1, "a listener that is dropped is freed");
    host.remove();
}

#[wasm_bindgen_test]
async fn a_timer_calls_once_a_start_and_stops_when_it_is_dropped() {
    let calls = Rc::new(Cell::new(0));
    let counting = Rc::clone(&calls);
    let timer = Timer::new(move || counting.set(counting.get() + 1));
    timer.start(5);
    timer.start(5);
    until("it called", || calls.get() == 1).await;
    timer.start(5);
    timer.stop();
    until_a_later_timer().await;
    timer.start(5);
    drop(timer);
    until_a_later_timer().await;
    assert_eq!(calls.get(), 1);
    assert_eq!(Rc::strong_count(&calls), 1);
}

/// Waits for a timer that is due after all that were started before.
async fn until_a_later_timer() {
    let called = Rc::new(Cell::new(false));
    let calling = Rc::clone(&called);
    let _timer = Timer::started(10, move || calling.set(true));
    until("the later one called", || called.get()).await;
}
