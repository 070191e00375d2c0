// A small element with the contract's hooks, for testing the harness without the application.

const MARKUP = `
  <section id="start">
    <label>Đơn vị <input data-field="unit-name"></label>
    <label>Loại <select data-field="unit-type">
      <option value="commune">Xã, phường</option><option value="office">Phòng</option>
    </select></label>
    <button data-action="start" type="button">Bắt đầu</button>
  </section>
  <section id="items" hidden>
    <p data-summary data-answered="0" data-total="4" data-met="0"></p>
    <p data-save-state="saved"></p>
    <fieldset data-item="on-time" data-kind="ratio" data-verdict="unanswered">
      <legend>Đúng hạn</legend>
      <label>Tử số <input data-field="numerator" inputmode="numeric"></label>
      <label>Mẫu số <input data-field="denominator" inputmode="numeric"></label>
    </fieldset>
    <fieldset data-item="signature" data-kind="attestation" data-verdict="unanswered">
      <legend>Chữ ký</legend>
      <label><input type="radio" name="v" data-field="verdict" value="met"> Đạt</label>
      <label><input type="radio" name="v" data-field="verdict" value="not-met"> Không đạt</label>
    </fieldset>
    <fieldset data-item="contact" data-kind="parts" data-verdict="unanswered">
      <legend>Liên hệ</legend>
      <label><input type="checkbox" data-field="part" value="phone"> Điện thoại</label>
      <label><input type="checkbox" data-field="part" value="mailbox"> Hộp thư</label>
    </fieldset>
    <fieldset data-item="procedures" data-kind="roster" data-verdict="unanswered">
      <legend>Thủ tục</legend>
      <div class="rows"></div>
      <button data-action="add-row" type="button">Thêm dòng</button>
    </fieldset>
    <button data-action="export" type="button">Xuất</button>
  </section>`;

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { display: block; font: 16px sans-serif; background: #fff; color: #111; }
  @media (prefers-color-scheme: dark) { :host { background: #111; color: #eee; } }`);

customElements.define("tu-kiem-tra", class extends HTMLElement {
  #saved = JSON.parse(localStorage.getItem("tkt:sample") ?? "{}");
  #saving;

  connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = MARKUP;
    root.addEventListener("input", () => this.#changed());
    this.#on("start", () => this.#start());
    this.#on("add-row", () => {
      const row = document.createElement("div");
      row.dataset.row = "";
      row.innerHTML = `<label>Tên <input data-column="name"></label>`;
      root.querySelector(".rows").append(row);
    });
    this.#on("export", () => {
      const link = document.createElement("a");
      link.download = "report.json";
      link.href = URL.createObjectURL(new Blob(["{}"], { type: "application/json" }));
      link.click();
    });
    if (this.#saved.unit) this.#start();
    setTimeout(() => this.#tell("ready"), 20);
  }

  #on(action, listener) {
    this.shadowRoot.querySelector(`[data-action="${action}"]`).addEventListener("click", listener);
  }

  #tell(kind, detail) {
    this.dispatchEvent(new CustomEvent("tkt-" + kind, { detail, bubbles: true, composed: true }));
  }

  #field(name) {
    return this.shadowRoot.querySelector(`[data-field="${name}"]`);
  }

  #start() {
    this.shadowRoot.getElementById("start").hidden = true;
    this.shadowRoot.getElementById("items").hidden = false;
    this.#field("numerator").value = this.#saved.numerator ?? "";
    this.#saved.unit ??= this.#field("unit-name").value + "/" + this.#field("unit-type").value;
    this.#changed();
  }

  #changed() {
    const root = this.shadowRoot;
    const item = (id) => root.querySelector(`[data-item="${id}"]`);
    const [numerator, denominator] = ["numerator", "denominator"].map((name) => this.#field(name).value);
    item("on-time").dataset.verdict =
      !numerator || !denominator ? "unanswered" : numerator === denominator ? "met" : "not-met";
    item("signature").dataset.verdict = item("signature").querySelector(":checked")?.value ?? "unanswered";
    const parts = [...item("contact").querySelectorAll("input")].map((input) => input.checked);
    item("contact").dataset.verdict = parts.every(Boolean) ? "met" : parts.some(Boolean) ? "partly-met" : "unanswered";
    const verdicts = [...root.querySelectorAll("[data-item]")].map((node) => node.dataset.verdict);
    const summary = root.querySelector("[data-summary]").dataset;
    summary.answered = verdicts.filter((verdict) => verdict !== "unanswered").length;
    summary.met = verdicts.filter((verdict) => verdict === "met").length;
    const state = root.querySelector("[data-save-state]").dataset;
    state.saveState = "saving";
    this.#tell("change", { items: verdicts.length });
    // What is saved is the last change: a timer of one before must not say so of it.
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => {
      this.#saved.numerator = numerator;
      localStorage.setItem("tkt:sample", JSON.stringify(this.#saved));
      state.saveState = "saved";
      this.#tell("saved", { inspectionId: "1" });
    }, 50);
  }

  async exportReport(options) {
    if (options?.refuse) throw Object.assign(new Error("refused"), { code: "no-inspection" });
    return { unit: this.#saved.unit, percent: "96.0", given: options ?? null };
  }
});
