//! The database as plain JavaScript sees it, and browsers that misbehave.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = r#"
const done = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
});

// The methods as they were, whatever a test does to them.
const { transaction } = IDBDatabase.prototype;
const { get, put, getAll, getAllKeys } = IDBObjectStore.prototype;

async function inStore(namespace, name, work) {
    const database = await done(indexedDB.open(`tkt:${namespace}`));
    try {
        return await work(transaction.call(database, [name], 'readwrite').objectStore(name));
    } finally {
        database.close();
    }
}

export const rawGet = (namespace, store, key) =>
    inStore(namespace, store, store => done(get.call(store, key)));
export const rawPut = (namespace, store, key, value) =>
    inStore(namespace, store, store => done(put.call(store, value, key)));
export const rawPutBytes = (namespace, store, key, bytes) =>
    inStore(namespace, store, store => done(put.call(store, new Uint8Array(bytes), key)));
export const rawKeys = (namespace, store) =>
    inStore(namespace, store, store => done(getAllKeys.call(store)));
export const rawPutAside = (namespace, key, text) =>
    inStore(namespace, 'aside', store => done(put.call(store, { origin: 'before', text, at: '' }, key)));

// The vault as version 1 of the program made it, with one item in it.
export async function makeVersion1(namespace, key, text) {
    const request = indexedDB.open(`tkt:${namespace}`, 1);
    request.onupgradeneeded = () => {
        for (const name of ['overviews', 'items', 'checklists', 'aside']) {
            request.result.createObjectStore(name);
        }
    };
    (await done(request)).close();
    await rawPut(namespace, 'items', key, text);
}

// The vault as a newer program would have changed it: one more object store, with something in it.
export async function makeNewer(namespace) {
    const request = indexedDB.open(`tkt:${namespace}`, 99);
    request.onupgradeneeded = () => request.result.createObjectStore('newer').put('kept', 'newer');
    (await done(request)).close();
}

// Everything in the database, as text.
export async function rawDump(namespace) {
    const database = await done(indexedDB.open(`tkt:${namespace}`));
    const stores = [...database.objectStoreNames];
    const started = transaction.call(database, stores);
    const all = stores.map(async (name) => {
        const store = started.objectStore(name);
        const [keys, values] = await Promise.all([done(getAllKeys.call(store)), done(getAll.call(store))]);
        return [name, keys, values];
    });
    const text = JSON.stringify([database.version, await Promise.all(all)]);
    database.close();
    return text;
}
export async function rawVersion(namespace) {
    const database = await done(indexedDB.open(`tkt:${namespace}`));
    database.close();
    return database.version;
}
// A connection that does not close when it is asked to.
export const holdOpen = namespace => done(indexedDB.open(`tkt:${namespace}`));
export const letGo = database => database.close();

export const rawDatabases = async () => (await indexedDB.databases()).map(({ name }) => name);
export const rawDelete = namespace => done(indexedDB.deleteDatabase(`tkt:${namespace}`));

// Puts something else in the place of a property; gives the function that puts it back.
function replace(object, name, descriptor) {
    const own = Object.getOwnPropertyDescriptor(object, name);
    Object.defineProperty(object, name, { configurable: true, ...descriptor });
    return () => own ? Object.defineProperty(object, name, own) : delete object[name];
}

const refuse = error => ({ value() { throw new DOMException('as the test wants it', error); } });

const wrongs = {
    'full database': () => replace(IDBObjectStore.prototype, 'put', refuse('QuotaExceededError')),
    'aborted writes': () => replace(IDBObjectStore.prototype, 'put', {
        value(...args) {
            const request = put.apply(this, args);
            this.transaction.abort();
            return request;
        },
    }),
    'lost connection': () => replace(IDBDatabase.prototype, 'transaction', refuse('InvalidStateError')),
    'failing upgrade': () => replace(IDBDatabase.prototype, 'createObjectStore', refuse('UnknownError')),
    'silent database': () => replace(IDBFactory.prototype, 'open', { value: () => new EventTarget() }),
    'endless transactions': () => replace(IDBDatabase.prototype, 'transaction', {
        value(stores, ...rest) {
            const started = transaction.call(this, stores, ...rest);
            const store = started.objectStore(stores[0]);
            const ask = () => { get.call(store, 0).onsuccess = ask; };
            ask();
            return started;
        },
    }),
    'hasty clock': () => {
        const { setTimeout } = window;
        return replace(window, 'setTimeout', {
            value: (call, delay) => setTimeout(call, delay / 100),
        });
    },
    'hidden page': () => replace(document, 'hidden', { get: () => true }),
    'no reading': () => replace(IDBObjectStore.prototype, 'getAllKeys', refuse('UnknownError')),
    'no database': () => replace(window, 'indexedDB', { get: () => null }),
    'denied database': () => replace(window, 'indexedDB', {
        get() { throw new DOMException('denied', 'SecurityError'); },
    }),
    'no word of completion': () => replace(IDBDatabase.prototype, 'transaction', {
        value(stores, mode, options) {
            const started = transaction.call(this, stores, mode, options);
            if (mode === 'readwrite') {
                started.addEventListener('complete', event => event.stopImmediatePropagation());
            }
            return started;
        },
    }),
    'small localStorage': () => {
        const { setItem } = Storage.prototype;
        let room = 2;
        return replace(Storage.prototype, 'setItem', {
            value(name, text) {
                if (room-- <= 0) throw new DOMException('as the test wants it', 'QuotaExceededError');
                setItem.call(this, name, text);
            },
        });
    },
    'full localStorage': () => replace(Storage.prototype, 'setItem', refuse('QuotaExceededError')),
    'stuck mark': () => {
        const { removeItem } = Storage.prototype;
        return replace(Storage.prototype, 'removeItem', {
            value(name) {
                if (name.endsWith(':erasing')) throw new DOMException('as the test wants it', 'UnknownError');
                removeItem.call(this, name);
            },
        });
    },
    'denied localStorage': () => replace(window, 'localStorage', {
        get() { throw new DOMException('denied', 'SecurityError'); },
    }),
    'no names of databases': () => replace(IDBFactory.prototype, 'databases', { value: undefined }),
    'no deleting': () => replace(IDBFactory.prototype, 'deleteDatabase', refuse('UnknownError')),
    'no channels': () => replace(window, 'BroadcastChannel', { value: undefined }),
};

export const goWrong = name => wrongs[name]();

// Loses the connection without a word, once.
export function loseConnectionOnce() {
    const restore = replace(IDBDatabase.prototype, 'transaction', {
        value() {
            restore();
            throw new DOMException('The database connection is closing.', 'InvalidStateError');
        },
    });
}

// A value under that key that can't be read, as Chromium tells of one whose file on the disk is gone: the request fails, and
// with it its transaction.
export function loseValue(namespace, store, key) {
    const { getAll } = IDBObjectStore.prototype;
    const failing = read => ({
        value(query, ...rest) {
            const request = read.call(this, query, ...rest);
            const isThere = this.name === store && this.transaction.db.name === `tkt:${namespace}`;
            const isAsked = query === undefined || query === key || query?.includes?.(key);
            if (!isThere || !isAsked) return request;
            const lost = new EventTarget();
            lost.error = new DOMException('Failed to read large IndexedDB value', 'DataError');
            request.onsuccess = () => {
                if (lost.dispatchEvent(new Event('error', { cancelable: true }))) this.transaction.abort();
            };
            return lost;
        },
    });
    const restore = [['get', get], ['getAll', getAll]].map(([name, read]) =>
        replace(IDBObjectStore.prototype, name, failing(read)));
    return () => restore.forEach(restore => restore());
}

// What follows looks at one namespace alone: the stores of other tests may still have something to save.

// Notes each writing transaction that completes, until the returned function is called. The
// listener is added before anyone else's, so it hears of it first.
export function noteCompletes(namespace, names) {
    return replace(IDBDatabase.prototype, 'transaction', {
        value(stores, mode, options) {
            const started = transaction.call(this, stores, mode, options);
            const isNoted = this.name === `tkt:${namespace}` && mode === 'readwrite';
            if (isNoted) started.addEventListener('complete', () => names.push('complete'));
            return started;
        },
    });
}

// Notes the durability of each transaction that writes, until the returned function is called.
export function noteDurability(namespace, kinds) {
    return replace(IDBDatabase.prototype, 'transaction', {
        value(names, mode, options) {
            const isNoted = this.name === `tkt:${namespace}` && mode === 'readwrite';
            if (isNoted) kinds.push(String(options?.durability));
            return transaction.call(this, names, mode, options);
        },
    });
}

// Notes the object stores that are read as a whole, until the returned function is called.
export function noteReads(namespace, names) {
    const { getAll } = IDBObjectStore.prototype;
    return replace(IDBObjectStore.prototype, 'getAll', {
        value(...args) {
            if (this.transaction.db.name === `tkt:${namespace}`) names.push(this.name);
            return getAll.apply(this, args);
        },
    });
}
export function goWhileKept(event) {
    dispatchEvent(new PageTransitionEvent(event, { persisted: true }));
}
"#)]
extern "C" {
    /// Says that the page is frozen or shown again, by `pagehide` or `pageshow`.
    #[wasm_bindgen(js_name = goWhileKept)]
    pub fn go_while_kept(event: &str);
    #[wasm_bindgen(js_name = rawGet)]
    fn raw_get(namespace: &str, store: &str, key: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = rawPut)]
    fn raw_put(namespace: &str, store: &str, key: &str, value: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(js_name = rawPutBytes)]
    fn raw_put_bytes(namespace: &str, store: &str, key: &str, bytes: &[u8]) -> js_sys::Promise;
    #[wasm_bindgen(js_name = loseValue)]
    fn raw_lose_value(namespace: &str, store: &str, key: &str) -> js_sys::Function;
    #[wasm_bindgen(js_name = rawKeys)]
    fn raw_keys(namespace: &str, store: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = rawPutAside)]
    fn raw_put_aside(namespace: &str, key: &str, text: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = makeVersion1)]
    fn raw_make_version_1(namespace: &str, key: &str, text: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = makeNewer)]
    fn raw_make_newer(namespace: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = rawDump)]
    fn raw_dump(namespace: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = rawVersion)]
    fn raw_version(namespace: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = holdOpen)]
    fn raw_hold_open(namespace: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = letGo)]
    pub fn let_go(database: &JsValue);
    #[wasm_bindgen(js_name = rawDelete)]
    fn raw_delete(namespace: &str) -> js_sys::Promise;
    #[wasm_bindgen(js_name = rawDatabases)]
    fn raw_databases() -> js_sys::Promise;
    #[wasm_bindgen(js_name = goWrong)]
    fn go_wrong(name: &str) -> js_sys::Function;
    #[wasm_bindgen(js_name = loseConnectionOnce)]
    pub fn lose_connection_once();
    #[wasm_bindgen(js_name = noteDurability)]
    fn note_durability(namespace: &str, kinds: &js_sys::Array) -> js_sys::Function;
    #[wasm_bindgen(js_name = noteCompletes)]
    fn note_completes(namespace: &str, names: &js_sys::Array) -> js_sys::Function;
    #[wasm_bindgen(js_name = noteReads)]
    fn note_reads(namespace: &str, names: &js_sys::Array) -> js_sys::Function;
}

/// Something that is otherwise as long as this value.
pub struct Changed(js_sys::Function);

impl Drop for Changed {
    fn drop(&mut self) {
        self.0.call0(&JsValue::NULL).unwrap();
    }
}

/// Has the browser go wrong in a way that is named in the script above.
pub fn wrong(name: &str) -> Changed {
    Changed(go_wrong(name))
}

/// A list that the browser's calls in a namespace are noted in.
pub struct Noted {
    list: js_sys::Array,
    _changed: Changed,
}

impl Noted {
    pub fn durability(namespace: &str) -> Self {
        Self::with(note_durability, namespace)
    }

    pub fn completes(namespace: &str) -> Self {
        Self::with(note_completes, namespace)
    }

    pub fn reads(namespace: &str) -> Self {
        Self::with(note_reads, namespace)
    }

    fn with(note: fn(&str, &js_sys::Array) -> js_sys::Function, namespace: &str) -> Self {
        let list = js_sys::Array::new();
        Self { _changed: Changed(note(namespace, &list)), list }
    }

    pub fn texts(&self) -> Vec<String> {
        texts(&self.list)
    }
}

/// What lies under a key of an object store.
pub async fn get(namespace: &str, store: &str, key: &str) -> Option<String> {
    let value = JsFuture::from(raw_get(namespace, store, key)).await.unwrap();
    value.as_string()
}

pub async fn put(namespace: &str, store: &str, key: &str, value: &str) {
    JsFuture::from(raw_put(namespace, store, key, &value.into())).await.unwrap();
}

/// Puts bytes under a key of an object store.
pub async fn put_bytes(namespace: &str, store: &str, key: &str, bytes: &[u8]) {
    JsFuture::from(raw_put_bytes(namespace, store, key, bytes)).await.unwrap();
}

/// The value under a key of an object store can't be read.
pub fn lose_value(namespace: &str, store: &str, key: &str) -> Changed {
    Changed(raw_lose_value(namespace, store, key))
}

pub async fn keys(namespace: &str, store: &str) -> Vec<String> {
    texts(JsFuture::from(raw_keys(namespace, store)).await.unwrap().unchecked_ref())
}

/// The names of all databases.
pub async fn databases() -> Vec<String> {
    texts(&JsFuture::from(raw_databases()).await.unwrap().unchecked_into())
}

/// Sets a text aside, as an earlier page would have.
pub async fn put_aside(namespace: &str, key: &str, text: &str) {
    JsFuture::from(raw_put_aside(namespace, key, text)).await.unwrap();
}

/// Makes the database as version 1 of the program did, with one item in it.
pub async fn make_version_1(namespace: &str, key: &str, text: &str) {
    JsFuture::from(raw_make_version_1(namespace, key, text)).await.unwrap();
}

/// Changes the database as a newer program would.
pub async fn make_newer(namespace: &str) {
    JsFuture::from(raw_make_newer(namespace)).await.unwrap();
}

/// Everything in the database, and its version.
pub async fn dump(namespace: &str) -> String {
    JsFuture::from(raw_dump(namespace)).await.unwrap().as_string().unwrap()
}

/// The version of the database.
pub async fn version(namespace: &str) -> u32 {
    JsFuture::from(raw_version(namespace)).await.unwrap().as_f64().unwrap() as u32
}

/// Opens the database and does not close it when somebody asks for that.
pub async fn hold_open(namespace: &str) -> JsValue {
    JsFuture::from(raw_hold_open(namespace)).await.unwrap()
}

/// Deletes the database; ends when no one has it open any more.
pub async fn delete(namespace: &str) {
    JsFuture::from(raw_delete(namespace)).await.unwrap();
}

fn texts(list: &js_sys::Array) -> Vec<String> {
    list.iter().filter_map(|text| text.as_string()).collect()
}
