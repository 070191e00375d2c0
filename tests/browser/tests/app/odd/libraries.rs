//! Hosts with old libraries, which put their own in the place of what the language and the browser have.

use browser_tests::{Setup, TestResult, dist};
use serde_json::{Value, json};

use super::check_alive;
use crate::support::checklists::small;

/// What Prototype.js does, in our own words.
const PROTOTYPE: &str = "
    const quoted = (value) => Array.isArray(value) ? value.toJSON() : JSON.stringify(value);
    Array.prototype.toJSON = function () {
      let text = '';
      for (let index = 0; index < this.length; index++) text += (index ? ', ' : '') + quoted(this[index]);
      return '[' + text + ']';
    };
    for (const kind of [String, Number, Boolean]) {
      kind.prototype.toJSON = function () { return JSON.stringify(this.valueOf()); };
    }
    Date.prototype.toJSON = function () { return '\"' + this.getTime() + '\"'; };
    const listed = (from) => {
      if (!from) return [];
      if ('toArray' in Object(from)) return from.toArray();
      let length = from.length || 0;
      const list = new Array(length);
      while (length--) list[length] = from[length];
      return list;
    };
    Array.from = listed;
    Array.prototype.toArray = Array.prototype.entries = Array.prototype.clone = function () { return this.slice(); };
    Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
    Function.prototype.bind = function (self, ...first) {
      const act = this;
      return function (...more) { return act.apply(self, listed(first).concat(listed(more))); };
    };
    Element.prototype.remove = function () {
      this.parentNode.removeChild(this);
      return this;
    };
    for (const name of ['update', 'insert', 'wrap', 'select', 'hide', 'show', 'visible', 'toggle', 'empty', 'clone']) {
      Element.prototype[name] = HTMLElement.prototype[name] ?? function () { return this; };
    }
    // Older ones do so to all objects.
    Object.prototype.inspect = function () { return '#'; };
    Object.prototype.toJSON = function () { return '{}'; };
    delete Promise.prototype.finally;
";

/// What MooTools does.
const MOOTOOLS: &str = "
    const BrowserElement = Element;
    window.Element = function (tag) { return document.createElement(tag); };
    window.Element.prototype = BrowserElement.prototype;
    window.Window = function () {};
    window.Document = function () {};
    window.Event = function (event) { this.event = event; };
    Array.from = (item) => item == null ? [] : typeof item === 'object' && 'length' in item ? Array.prototype.slice.call(item) : [item];
    Number.from = Function.from = (item) => item;
    Object.each = (object, act) => Object.keys(object).forEach((name) => act(object[name], name));
    Object.clone = (object) => ({ ...object });
    for (const [name, act] of Object.entries({
      contains(item) { return this.indexOf(item) !== -1; }, empty() { this.length = 0; return this; },
      append(more) { this.push(...more); return this; }, include(item) { this.push(item); return this; },
    })) Array.prototype[name] = act;
    for (const name of ['get', 'set', 'grab', 'inject', 'dispose', 'destroy', 'erase', 'getElements', 'addEvent']) {
      Element.prototype[name] = function () { return this; };
    }
    String.prototype.contains = String.prototype.includes;
    delete Promise.prototype.finally;
";

/// All methods of the element, and what came of each as a text that nothing in the page can change.
const CALLS: &str = "
    const plainly = (value) => value === undefined ? 'undefined' : typeof value !== 'object' || value === null ? String(value)
      : Array.isArray(value) ? '[' + Array.prototype.map.call(value, plainly).join() + ']'
      : '{' + Object.keys(value).map((name) => name + ':' + plainly(value[name])).join() + '}';
    const refused = (promise) => promise.then(() => 'nothing', (error) => error.code);
    return (async () => {
      const unit = { name: 'UBND phường 1', type: 'commune' };
      const id = await element.startInspection({ checklist: '/small.json', unit, period: '2026' });
      const told = [];
      told.push(await element.setAnswer('posted', { rows: [{ name: 'Một', desk: true, website: true, seen: true, since: '2026-01-02' }] }));
      told.push(await element.setAnswer('monthly', { donePeriods: ['2026-01'] }));
      told.push(await element.setAnswer('hours', { quantity: '4.5' }));
      const report = await element.exportReport();
      const answer = (one, id) => plainly(one.items.find((item) => item.id === id).answer);
      for (const id of ['posted', 'monthly', 'hours']) told.push(answer(report, id));
      told.push(await refused(element.importReport(report)));
      told.push(await element.importReport(report, { onConflict: 'replace' }) === id);
      told.push(answer(await element.exportReport(), 'posted'));
      told.push(await refused(element.importReport({ ...report, items: [] }, { onConflict: 'replace' })));
      told.push(await refused(element.importReport(report, { onConflict: 'perhaps' })));
      const self = {};
      self.self = self;
      told.push(await refused(element.setAnswer('hours', self)));
      told.push(await refused(element.setAnswer('hours')));
      told.push((await element.listInspections()).length);
      await element.flush();
      return [id, told.map(String)];
    })();
";

async fn beside(library: &str) -> TestResult {
    let page = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
        <script src="/old.js"></script><script type="module" src="/tkt/tu-kiem-tra.js"></script></head>
        <body><h1>Cổng</h1><tu-kiem-tra></tu-kiem-tra></body></html>"#;
    Setup::empty()
        .mount("/tkt/", dist())
        .page("/", page)
        .file("/old.js", "text/javascript", format!("(() => {{ {library} }})();"))
        .file("/small.json", "application/json", small()?.to_string())
        .run(async |stage| {
            let page = stage.open("/").await?;
            let told = page.evaluate(CALLS, Value::Null).await?;
            let row = "{rows:[{desk:true,name:Một,seen:true,since:2026-01-02,website:true}]}";
            let expected = [
                "met",
                "partly-met",
                "met",
                row,
                "{donePeriods:[2026-01]}",
                "{quantity:4.5}",
                "import-exists",
                "true",
                row,
                "import-altered",
                "bad-arguments",
                "bad-arguments",
                "bad-arguments",
                "1",
            ];
            assert_eq!(told.pointer("/1"), Some(&json!(expected)));
            let id = told.pointer("/0").and_then(Value::as_str).unwrap_or_default().to_owned();
            page.item("posted").action("clear-rows").exists().await?;
            page.action("language").click().await?;
            page.action("language").click().await?;
            check_alive(&page, &id).await
        })
        .await
}

#[tokio::test]
async fn it_works_beside_prototype() -> TestResult {
    beside(PROTOTYPE).await
}

#[tokio::test]
async fn it_works_beside_mootools() -> TestResult {
    beside(MOOTOOLS).await
}
