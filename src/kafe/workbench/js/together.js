// Coders together: their codings side by side, differences first.

const SHADES = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00"]; // told apart by the colour-blind

class Together extends Selecting {
  help = "together_key_";
  query = { status: "open", code: "" };

  build(el) {
    this.who = h("span", { class: "muted" });
    this.side.setAttribute("aria-label", this.t("together_row"));
    this.side.classList.add("active");
    this.frame(el, "together_title", this.who);
  }

  async opened(answer) {
    this.learn(answer);
    this.people = answer.people;
    this.who.textContent = this.people.join(", ");
    this.absorb(answer);
    this.paint();
    this.buildFilters();
    this.showStatus();
    this.resend();
    await this.find();
  }

  paint() {
    super.paint();
    const dark = this.root.classList.contains("dark");
    SHADES.forEach((shade, at) => this.root.style.setProperty(`--coder-${at}`, legible(shade, dark)));
  }

  absorb(answer) {
    super.absorb(answer);
    this.left = answer.left;
    this.count.textContent = this.t("together_count", answer.progress);
    for (const option of this.codeFilter?.options ?? []) if (option.value) option.textContent = this.codeChoice(option.value);
  }

  // -------------------------------------------------------------- which rows

  get row() {
    return this.note?.rows.find((row) => row.id === this.rows[this.at]);
  }

  codeChoice(id) {
    return this.left[id] ? this.t("together_left", { name: this.nameOf(id), count: this.left[id] }) : this.nameOf(id);
  }

  buildFilters() {
    const pick = (name, label, choices) => {
      const select = h("select", { "aria-label": this.t(label), on: { change: () => this.narrow(name, select.value) } });
      select.append(...choices.map(([value, text]) => h("option", { value, text })));
      select.value = this.query[name];
      return select;
    };
    const used = this.codes.filter((code) => this.left[code.id]);
    this.codeFilter = pick("code", "together_code", [["", this.t("together_all_codes")], ...used.map((code) => [code.id, this.codeChoice(code.id)])]);
    const statuses = ["open", "discuss", "settled", "agree", "all"].map((status) => [status, this.t(`together_show_${status}`)]);
    this.filters.replaceChildren(pick("status", "together_which", statuses), this.codeFilter);
  }

  async narrow(name, value) {
    this.query[name] = value;
    await this.find();
    this.say(this.t("together_found", { count: this.ids.length }));
  }

  async find() {
    const answer = await this.link.send({ do: "find", query: this.query });
    if (!answer.ok) return this.refuse(answer);
    this.ids = answer.ids.map(([note]) => note);
    this.rows = answer.ids.map(([, row]) => row);
    await this.go(0, false);
  }

  async go(where, focus = true) {
    this.at = Math.max(0, Math.min(where, this.ids.length - 1));
    this.anchor = null;
    const asked = this.at;
    await this.fetch([this.ids[asked]]);
    if (asked !== this.at) return;
    this.cursor = this.row ? Math.max(0, this.note.tokens.findIndex((token) => token.end > this.row.start)) : 0;
    this.render();
    if (focus) this.focusText();
    if (focus && this.row) this.say(`${this.nameOf(this.row.code)}. ${this.kindOf(this.row)}`);
    this.fetch(this.ids.slice(this.at + 1, this.at + 4));
  }

  step(by) {
    const to = this.at + by;
    if (to < 0 || to >= this.ids.length) return this.say(this.t(by > 0 ? "together_last" : "together_first"));
    this.go(to);
  }

  /** The next row that is neither agreed nor settled, here or further on; -1: none. */
  nextOpen() {
    const open = (at) => {
      const row = this.notes.get(this.ids[at])?.rows.find((one) => one.id === this.rows[at]);
      return !row || (row.kind !== "agree" && !row.settled);
    };
    const after = this.ids.map((_, at) => at).filter((at) => at > this.at && open(at));
    return after[0] ?? -1;
  }

  // -------------------------------------------------------------- what is shown

  render() {
    if (!this.note) {
      const [text, remedy] = this.people.length ? ["together_none", ""] : ["together_nobody", "together_nobody_remedy"];
      this.pane.replaceChildren(h("div", { class: "empty" }, h("p", { text: this.t(text) }), remedy ? h("p", { class: "muted", text: this.t(remedy) }) : ""));
      this.side.replaceChildren();
      return;
    }
    const focused = document.activeElement?.dataset.focus;
    const held = this.body.contains(document.activeElement) && focused;
    this.pane.replaceChildren(this.article());
    this.renderSide();
    if (held) (this.body.querySelector(`[data-focus="${focused}"]`) ?? this.pane.querySelector(".text"))?.focus({ preventScroll: true });
  }

  article() {
    const { note, row } = this;
    const name = this.t("together_at", { at: this.at + 1, count: this.ids.length });
    const rows = note.rows.map((one) => {
      const at = this.rows.findIndex((id, place) => id === one.id && this.ids[place] === note.id);
      const state = one.settled ? this.t(`together_is_${one.settled}`) : this.kindOf(one);
      const swatch = h("span", { class: "swatch", "aria-hidden": "true" });
      swatch.style.setProperty("--code", this.colour(one.code));
      const shown = [swatch, h("span", { class: "name", text: this.nameOf(one.code) }), h("span", { class: "quote", text: `${one.settled ? "✓ " : ""}${state}` })];
      if (at < 0) return h("li", { class: "muted" }, ...shown);
      const props = { type: "button", class: "line", "aria-current": one === row ? "true" : undefined, data: { focus: `row-${one.id}` }, on: { click: () => this.go(at, false) } };
      return h("li", { class: one === row ? "chosen" : "" }, h("button", props, ...shown));
    });
    return h(
      "article",
      { class: "note active", "aria-label": name, data: { id: note.id } },
      this.headOf(note, name),
      this.textOf(note, true),
      h("h4", { text: this.t("together_rows") }),
      h("ul", { class: "rows" }, ...rows),
      h(
        "footer",
        { class: "row" },
        h("span", { class: "space" }),
        this.button("previous", () => this.step(-1), { "aria-disabled": String(this.at === 0), hint: "p", data: { focus: "previous" } }),
        this.button("next", () => this.step(1), { "aria-disabled": String(this.at === this.ids.length - 1), hint: "n", data: { focus: "next" } }),
      ),
    );
  }

  /** The current row's codings, with a letter and a colour for each person. */
  marks(note) {
    const own = this.row?.codings ?? [];
    return this.lay(note, own.map((coding) => ({ ...coding, ...this.face(coding.coder), own: true })));
  }

  face(person) {
    const at = this.people.indexOf(person);
    return { label: letter(at), colour: `var(--coder-${at % SHADES.length})` };
  }

  kindOf(row) {
    const has = new Set(row.codings.map((coding) => coding.coder));
    const [who, without] = [true, false].map((on) => this.note.people.filter((one) => has.has(one) === on).join(", "));
    const kind = row.kind === "agree" && this.spans(row.codings).length > 1 ? "unit" : row.kind;
    return this.t(`together_kind_${kind}`, { who, without });
  }

  spans(codings) {
    return [...new Map(codings.map((one) => [`${one.start}-${one.end}`, one])).values()];
  }

  renderSide() {
    const { note, row } = this;
    const code = this.code.get(row.code);
    const places = this.spans(row.codings);
    const sides = note.people.map((person) => {
      const own = row.codings.filter((coding) => coding.coder === person);
      const pill = this.pill({ ...this.face(person), own: true });
      const quotes = own.length ? this.spans(own).map((one) => this.quoteOf(note, one)).join(" · ") : this.t("together_not_put");
      const memos = own.filter((one) => one.memo).map((one) => h("p", { class: "memo", text: one.memo }));
      return h("li", {}, pill, h("span", { class: "name", text: person }), h("span", { class: `quote${own.length ? "" : " none"}`, text: quotes }), ...memos);
    });
    const choice = (key, outcome, hint, more = {}) =>
      this.button(key, () => this.decide(outcome, more), { hint, data: { focus: `${outcome}-${hint}` } });
    const words = places.length > 1 ? places.map((one, at) => this.wordsOf(one, at)) : [];
    this.targetLine = h("p", { class: "target" });
    const agreed = row.agreed.map((one) => this.quoteOf(note, one)).join(" · ");
    this.side.replaceChildren(
      h("h3", { text: this.nameOf(row.code) }),
      h("p", { class: "muted", text: this.kindOf(row) }),
      h("ul", { class: "sides" }, ...sides),
      row.settled ? h("p", { class: "settled" }, h("b", { text: `✓ ${this.t(`together_is_${row.settled}`)}` }), agreed ? ` ${agreed}` : "") : "",
      row.memo ? h("p", { class: "memo" }, h("b", { text: `${this.t("together_open_question")}: ` }), row.memo) : "",
      this.targetLine,
      h(
        "div",
        { class: "row", role: "group", "aria-label": this.t("together_decide") },
        this.button("together_agree_act", () => this.decide("agree"), { class: "main", hint: "a", data: { focus: "agree-a" } }),
        ...words,
        places.length > 1 ? choice("together_keep_act", "keep", "b") : "",
        choice("together_drop_act", "drop", "t"),
        this.button("together_discuss_act", () => this.discuss(), { hint: "d", data: { focus: "discuss" } }),
      ),
      h("div", { class: "info", tabindex: "0", role: "region", "aria-label": this.t("definition") }, ...this.definition(code)),
    );
    this.renderTarget();
  }

  wordsOf(span, at) {
    const people = this.row.codings.filter((one) => one.start === span.start && one.end === span.end).map((one) => one.coder);
    const text = this.t("together_words", { who: people.join(", ") });
    const hint = h("kbd", { text: at + 1, "aria-hidden": "true" });
    return h("button", { type: "button", "aria-keyshortcuts": String(at + 1), data: { focus: `words-${at}` }, on: { click: () => this.digit(at + 1) } }, text, hint);
  }

  definition(code) {
    if (!code) return [h("p", { class: "muted", text: this.t("no_definition") })];
    const list = (key) => (code[key].length ? [h("h4", { text: this.t(key) }), h("ul", {}, ...code[key].map((text) => h("li", { text })))] : []);
    return [h("h4", { text: this.t("definition") }), h("p", { text: code.definition || this.t("no_definition") }), ...list("include"), ...list("exclude"), ...list("counterexamples")];
  }

  unmarked() {
    return this.quoteOf(this.note, this.row);
  }

  // -------------------------------------------------------------- what they decide

  target() {
    return this.selection() ?? this.row;
  }

  /** Settle the current row, and go on to the next that is open. */
  async decide(outcome, span = this.selection()) {
    const { row, note } = this;
    if (!row) return;
    const place = outcome === "agree" ? (span ?? { start: row.start, end: row.end }) : {};
    const from = this.at;
    await this.act({ do: "settle", note: note.id, row: row.id, outcome, start: place.start, end: place.end });
    if (this.at !== from || !this.notes.get(note.id).rows.find((one) => one.id === row.id)?.settled) return;
    const next = this.nextOpen();
    if (next >= 0) this.go(next);
  }

  discuss() {
    const { row, note } = this;
    if (!row) return;
    const field = h("textarea", { rows: 5 });
    field.value = row.memo;
    this.ask(this.t("together_ask", { name: this.nameOf(row.code) }), field, this.t("together_ask_hint"), async (text) => {
      await this.act({ do: "discuss", note: note.id, row: row.id, text });
      const failure = [...this.link.failed.values()].find((one) => one.command.text === text);
      return failure && `${this.t("not_stored")} ${failure.message} ${failure.remedy}`;
    });
  }

  show({ note }) {
    if (!note) return;
    this.keep(note);
    const here = this.ids.map((id, at) => (id === note.id ? at : -1)).filter((at) => at >= 0);
    if (here.length && !here.includes(this.at)) this.go(here[0]);
    else this.render();
  }

  // -------------------------------------------------------------- keys

  enter() {
    this.side.querySelector("button.main")?.focus();
  }

  digit(number) {
    const span = this.row && this.spans(this.row.codings)[number - 1];
    if (span) this.decide("agree", span);
  }

  keys() {
    return {
      a: () => this.decide("agree"),
      b: () => this.row && this.spans(this.row.codings).length > 1 && this.decide("keep"),
      t: () => this.decide("drop"),
      d: () => this.discuss(),
      n: () => this.step(1),
      p: () => this.step(-1),
      z: () => this.act({ do: "undo" }),
      y: () => this.act({ do: "redo" }),
      "?": () => this.showHelp(),
    };
  }
}
