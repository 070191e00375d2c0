//! Hosts with old libraries that replace parts of the language and the browser.

use browser_tests::{Setup, TestResult, dist, wait_until};
use serde_json::Value;

use super::check_alive;
use crate::support::checklists::small;

/// Replaces an object's member, until the driver needs the original to inspect the page.
const PUT: &str = "
    const before = [];
    window.put = (object, name, value) => {
      const own = Object.getOwnPropertyDescriptor(object, name);
      before.unshift(() => (own ? Object.defineProperty(object, name, own) : delete object[name]));
      if (value === undefined) delete object[name];
      else object[name] = value;
    };
    window.putBack = () => before.forEach((act) => act());
";

/// The changes that Prototype.js makes, in our own words.
const PROTOTYPE: &str = "
    const quoted = (value) => Array.isArray(value) ? value.toJSON() : JSON.stringify(value);
    put(Array.prototype, 'toJSON', function () {
      let text = '';
      for (let index = 0; index < this.length; index++) text += (index ? ', ' : '') + quoted(this[index]);
      return '[' + text + ']';
    });
    for (const kind of [String, Number, Boolean]) {
      put(kind.prototype, 'toJSON', function () { return JSON.stringify(this.valueOf()); });
    }
    put(Date.prototype, 'toJSON', function () { return '\"' + this.getTime() + '\"'; });
    const listed = (from) => {
      if (!from) return [];
      if ('toArray' in Object(from)) return from.toArray();
      let length = from.length || 0;
      const list = new Array(length);
      while (length--) list[length] = from[length];
      return list;
    };
    put(Array, 'from', listed);
    for (const name of ['toArray', 'entries', 'clone']) put(Array.prototype, name, function () { return this.slice(); });
    put(Array.prototype, 'reduce', function () { return this.length > 1 ? this : this[0]; });
    put(Function.prototype, 'bind', function (self, ...first) {
      const act = this;
      return function (...more) { return act.apply(self, listed(first).concat(listed(more))); };
    });
    put(Element.prototype, 'remove', function () {
      this.parentNode.removeChild(this);
      return this;
    });
    for (const name of ['update', 'insert', 'wrap', 'hide', 'show', 'visible', 'toggle', 'empty', 'clone']) {
      put(Element.prototype, name, function () { return this; });
    }
    // Older libraries do so to all objects.
    put(Object.prototype, 'inspect', function () { return '#'; });
    put(Object.prototype, 'toJSON', function () { return '{}'; });
    put(Promise.prototype, 'finally');
";

/// The changes that MooTools makes.
const MOOTOOLS: &str = "
    const { prototype } = Element;
    put(window, 'Element', function (tag) { return document.createElement(tag); });
    window.Element.prototype = prototype;
    put(window, 'Window', function () {});
    put(window, 'Document', function () {});
    put(window, 'Event', function (event) { this.event = event; });
    put(Array, 'from', (item) => item == null ? []
      : typeof item === 'object' && 'length' in item ? Array.prototype.slice.call(item) : [item]);
    put(Number, 'from', (item) => item);
    put(Object, 'each', (object, act) => Object.keys(object).forEach((name) => act(object[name], name)));
    put(Object, 'clone', (object) => ({ ...object }));
    put(Array.prototype, 'contains', function (item) { return this.indexOf(item) !== -1; });
    put(Array.prototype, 'empty', function () { this.length = 0; return this; });
    put(Array.prototype, 'append', function (more) { this.push(...more); return this; });
    put(Array.prototype, 'include', function (item) { this.push(item); return this; });
    for (const name of ['get', 'set', 'grab', 'inject', 'dispose', 'destroy', 'erase', 'getElements', 'addEvent']) {
      put(Element.prototype, name, function () { return this; });
    }
    put(String.prototype, 'contains', String.prototype.includes);
    put(Promise.prototype, 'finally');
";

/// Calls all methods of the element, does some of a person's work, and returns each outcome as
/// text.
const WORK: &str = r#"
    const element = document.querySelector('tu-kiem-tra');
    const plainly = (value) => value === undefined ? 'undefined' : typeof value !== 'object' || value === null ? String(value)
      : Array.isArray(value) ? '[' + Array.prototype.map.call(value, plainly).join() + ']'
      : '{' + Object.keys(value).map((name) => name + ':' + plainly(value[name])).join() + '}';
    const refused = (promise) => promise.then(() => 'nothing', (error) => error.code);
    const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const work = async () => {
      const unit = { name: 'UBND phường 1', type: 'commune' };
      const id = await element.startInspection({ checklist: '/small.json', unit, period: '2026' });
      const told = [id];
      const row = { name: 'Một', desk: true, website: true, seen: true, since: '2026-01-02' };
      told.push(await element.setAnswer('posted', { rows: [row] }));
      told.push(await element.setAnswer('notice', { parts: { phone: true } }));
      told.push(await element.setAnswer('hours', { quantity: '4.5' }));
      const report = await element.exportReport();
      const answer = (one, id) => plainly(one.items.find((item) => item.id === id).answer);
      for (const id of ['posted', 'notice', 'hours']) told.push(answer(report, id));
      told.push(await refused(element.importReport(report)));
      told.push(await element.importReport(report, { onConflict: 'replace' }) === id);
      told.push(await refused(element.importReport({ ...report, items: [] }, { onConflict: 'replace' })));
      told.push(await refused(element.importReport(report, { onConflict: 'perhaps' })));
      const self = {};
      self.self = self;
      told.push(await refused(element.setAnswer('hours', self)));
      told.push(await refused(element.setAnswer('hours')));
      await element.openInspection(id);
      const { shadowRoot } = element;
      const press = async (name) => {
        shadowRoot.querySelector(`[data-action=${name}]`).click();
        await drawn();
      };
      for (const name of ['language', 'add-row', 'result', 'answering', 'language']) await press(name);
      const overdue = shadowRoot.querySelector('[data-item=overdue]');
      const field = overdue.querySelector('[data-field=count]');
      field.value = '0';
      field.dispatchEvent(new CustomEvent('input', { bubbles: true }));
      await drawn();
      told.push(overdue.dataset.verdict);
      await element.flush();
      told.push((await element.listInspections()).length);
      told.push(answer(await element.exportReport(), 'overdue'));
      return told.join('\n');
    };
    element.addEventListener('tkt-ready', () => {
      work().catch((error) => `${error.code} ${error.stack}`).then((told) => {
        window.told = told;
        putBack();
      });
    });
"#;

async fn beside(library: &str) -> TestResult {
    let page = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
        <script src="/old.js"></script><script type="module" src="/tkt/tu-kiem-tra.js"></script></head>
        <body><h1>Cổng</h1><tu-kiem-tra></tu-kiem-tra><script src="/work.js"></script></body></html>"#;
    Setup::empty()
        .mount("/tkt/", dist())
        .page("/", page)
        .file("/old.js", "text/javascript", format!("(() => {{ {PUT} {library} }})();"))
        .file("/work.js", "text/javascript", WORK)
        .file("/small.json", "application/json", small()?.to_string())
        .run(async |stage| {
            let page = stage.open("/").await?;
            let told = wait_until("the page to be done", async || {
                let told = page.evaluate("return window.told ?? null;", Value::Null).await?;
                Ok(told.as_str().map(str::to_owned))
            });
            let told = told.await?;
            let (id, told) = told.split_once('\n').unwrap_or_default();
            let row = "{rows:[{desk:true,name:Một,seen:true,since:2026-01-02,website:true}]}";
            let expected = [
                "met",
                "partly-met",
                "met",
                row,
                "{parts:{phone:true}}",
                "{quantity:4.5}",
                "import-conflict",
                "true",
                "import-altered",
                "bad-arguments",
                "bad-arguments",
                "bad-arguments",
                "met",
                "1",
                "{count:0}",
            ];
            assert_eq!(told, expected.join("\n"));
            check_alive(&page, id).await
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
