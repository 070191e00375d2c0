//! Attachments: what can't be had of one is told of that one, and only what nothing names is swept
//! away.

use js_sys::Uint8Array;
use tu_kiem_tra::checklist::Digest;
use tu_kiem_tra::storage::{Attachment, AttachmentKey, Lack};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, wrong};
use crate::support::{Watched, header, item, leave_in_journal, record};

fn key(inspection: u8, bytes: &[u8]) -> AttachmentKey {
    AttachmentKey { inspection: header(inspection).inspection, sha256: Digest::of(bytes) }
}

/// Puts bytes beside an inspection.
async fn put(store: &Watched, inspection: u8, bytes: &[u8]) -> AttachmentKey {
    let key = key(inspection, bytes);
    let attachment = Attachment { bytes: Uint8Array::from(bytes), thumbnail: None };
    store.put_attachment(&key, &attachment).await.unwrap();
    key
}

/// The text of a record that names some bytes.
fn naming(bytes: &[u8]) -> String {
    format!("{{\"evidence\":[{{\"sha256\":\"{}\"}}]}}", Digest::of(bytes))
}

async fn left(namespace: &str) -> Vec<String> {
    raw::keys(namespace, "attachments").await
}

#[wasm_bindgen_test]
async fn each_is_read_or_says_for_itself_why_not() {
    let store = Watched::open("lacks").await;
    let all = [&b"good"[..], b"emptied", b"altered", b"no bytes", b"lost", b"deleted"];
    let mut keys = Vec::new();
    for bytes in all {
        keys.push(put(&store, 1, bytes).await);
    }
    let [good, emptied, altered, no_bytes, lost, _] = keys.as_slice() else { panic!() };
    raw::put_bytes("lacks", "attachments", &emptied.path(), b"").await;
    raw::put_bytes("lacks", "attachments", &altered.path(), b"Altered").await;
    raw::put("lacks", "attachments", &no_bytes.path(), "a text").await;
    let deleted = key(1, b"never put");
    let unread = raw::lose_value("lacks", "attachments", &lost.path());
    // The one that can't be read comes first and in between: it must not cost any other.
    for (key, expected) in [
        (lost, Err(Lack::Unreadable)),
        (good, Ok(b"good".to_vec())),
        (emptied, Err(Lack::Altered)),
        (lost, Err(Lack::Unreadable)),
        (altered, Err(Lack::Altered)),
        (no_bytes, Err(Lack::Altered)),
        (&deleted, Err(Lack::Missing)),
    ] {
        let read = store.attachment(key).await.unwrap().map(|bytes| bytes.to_vec());
        assert_eq!(read, expected, "{}", key.path());
    }
    drop(unread);
    assert_eq!(store.attachment(lost).await.unwrap().unwrap().to_vec(), b"lost");
    // A database that fails is no lack of anything.
    let _closed = wrong("lost connection");
    assert!(store.attachment(good).await.is_err());
}

#[wasm_bindgen_test]
async fn a_connection_that_was_lost_while_reading_is_no_lack() {
    let store = Watched::open("lost-once").await;
    let good = put(&store, 1, b"good").await;
    raw::lose_connection_once();
    assert_eq!(store.attachment(&good).await.unwrap().unwrap().to_vec(), b"good");
}

#[wasm_bindgen_test]
async fn only_what_nothing_names_is_swept_away() {
    let store = Watched::open("sweep").await;
    let mut named = Vec::new();
    for bytes in [&b"item"[..], b"kept", b"aside", b"journal", b"torn entry"] {
        named.push(put(&store, 1, bytes).await.path());
    }
    put(&store, 1, b"forgotten").await;
    // What another inspection names is of no use to this one, which has bytes of its own.
    put(&store, 2, b"item").await;
    store.put(header(1), "{}".into());
    // More records than are read at a time, and the last of them names one.
    for number in 0..450 {
        store.put(item(1, &format!("a{number:03}")), "{}".into());
    }
    store.put(item(1, "b"), naming(b"item"));
    store.put_keeping(item(1, "c"), "{}".into(), naming(b"kept"));
    store.flush().await.unwrap();
    raw::put_aside("sweep", "x", &naming(b"aside")).await;
    // Another tab's vault fails: it has these in the journal alone.
    leave_in_journal("sweep", &record(&item(1, "d"), 1, 1, &naming(b"journal")));
    let torn = crate::support::journal_name("sweep", &item(1, "e"));
    crate::support::local_storage().set_item(&torn, &naming(b"torn entry")).unwrap();

    store.sweep_attachments().await.unwrap();
    named.sort();
    assert_eq!(left("sweep").await, named);
}

#[wasm_bindgen_test]
async fn what_a_text_that_can_not_be_read_may_name_stays() {
    let store = Watched::open("sweep-unread").await;
    let kept = put(&store, 1, b"perhaps named").await.path();
    put(&store, 2, b"forgotten").await;
    for inspection in [1, 2] {
        store.put(item(inspection, "a"), "{}".into());
    }
    store.flush().await.unwrap();
    let unread = raw::lose_value("sweep-unread", "items", &item(1, "a").path());
    store.sweep_attachments().await.unwrap();
    assert_eq!(left("sweep-unread").await, [kept]);
    drop(unread);
    // Once it can be read, nothing names it.
    store.sweep_attachments().await.unwrap();
    assert!(left("sweep-unread").await.is_empty());
}
