// What is stored, read and written without the program.

const OURS = "tkt:";

export const result = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
  request.onblocked = () => failed(new Error("blocked"));
});
export const over = (transaction) => new Promise((done, failed) => {
  transaction.oncomplete = done;
  transaction.onabort = () => failed(transaction.error);
});
const names = async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith(OURS));

export async function dump() {
  const databases = [];
  for (const name of await names()) {
    const database = await result(indexedDB.open(name));
    const stores = [];
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      const [keys, values] = await Promise.all([result(store.getAllKeys()), result(store.getAll())]);
      const { keyPath, autoIncrement } = store;
      stores.push({ name, keyPath, autoIncrement, entries: keys.map((key, index) => [key, values[index]]) });
    }
    databases.push({ name, version: database.version, stores });
    database.close();
  }
  const entries = Object.entries({ ...localStorage }).filter(([name]) => name.startsWith(OURS));
  return { databases, entries };
}

export async function put({ databases, entries }) {
  for (const [name] of Object.entries({ ...localStorage })) if (name.startsWith(OURS)) localStorage.removeItem(name);
  for (const [name, value] of entries) localStorage.setItem(name, value);
  for (const name of await names()) {
    if (!databases.some((one) => one.name === name)) await result(indexedDB.deleteDatabase(name));
  }
  for (const { name, version, stores } of databases) {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      for (const { name, keyPath, autoIncrement } of stores) {
        if (request.result.objectStoreNames.contains(name)) continue;
        request.result.createObjectStore(name, { keyPath, autoIncrement });
      }
    };
    const database = await result(request);
    const all = database.transaction(stores.map(({ name }) => name), "readwrite");
    for (const { name, keyPath, entries } of stores) {
      const store = all.objectStore(name);
      store.clear();
      for (const [key, value] of entries) keyPath === null ? store.put(value, key) : store.put(value);
    }
    await over(all);
    database.close();
  }
}

/** What is stored, with the size alone of what is no text. */
export async function told() {
  const text = (value) => {
    if (typeof value === "string") return value;
    const bytes = value?.byteLength ?? value?.size;
    return bytes === undefined ? JSON.stringify(value) : bytes;
  };
  const { databases, entries } = await dump();
  const stores = databases.map(({ name, stores }) => [
    name, Object.fromEntries(stores.map(({ name, entries }) => [
      name, Object.fromEntries(entries.map(([key, value]) => [String(key), text(value)])),
    ])),
  ]);
  return { databases: Object.fromEntries(stores), entries: Object.fromEntries(entries) };
}
