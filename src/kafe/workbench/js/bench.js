// One coder at work.

class Bench extends Codes {
  help = "key_";

  build(el) {
    this.who = this.button("coder", () => this.askCoder(), { class: "quiet" });
    this.listButton = this.button("list", () => this.toggleList(), { "aria-pressed": "false", hint: "l" });
    this.unitButton = this.button("by_unit", () => this.toggleUnit(), { "aria-pressed": "false", hint: "e" });
    this.side.setAttribute("aria-label", this.t("codes"));
    this.frame(el, "title", this.who, this.unitButton, this.listButton);
  }

  async opened(answer) {
    this.learn(answer);
    this.usable = this.codes.filter((code) => code.codable && code.status !== "retired");
    for (const code of this.usable) {
      const parts = [code.name, ...code.above, code.definition, ...code.include, ...code.examples];
      code.folded = [fold(code.name), fold(parts.join(" "))];
    }
    this.absorb(answer);
    this.paint();
    this.buildFilters(answer);
    this.buildCodes();
    this.showStatus();
    if (!this.coder) return this.askCoder();
    this.resend();
    await this.find(true);
    const tally = await this.link.send({ do: "tally" });
    if (!tally.ok) return this.refuse(tally);
    this.absorb(tally);
    this.renderOptions();
  }

  absorb(answer) {
    super.absorb(answer);
    Object.assign(this, { recent: answer.recent, used: answer.used, codeMemos: answer.memos });
    this.count.textContent = this.t("count", answer.progress);
    this.who.textContent = this.t("coder", { name: this.coder || "–" });
  }

  show({ note }) {
    if (note) {
      this.keep(note);
      const where = this.ids.indexOf(note.id);
      if (where >= 0 && where !== this.at) this.go(where);
      else this.renderNote(note.id);
    }
    this.renderOptions();
  }

  // -------------------------------------------------------------- acts

  target() {
    return this.selection() ?? { start: 0, end: this.note.points.length };
  }

  put(code) {
    const note = this.note;
    if (!note) return;
    const { start, end } = this.target();
    this.act({ do: "code", note: note.id, hash: note.hash, start, end, quote: this.quote(), code });
  }

  remove(coding) {
    this.act({ do: "uncode", note: this.note.id, coding: coding.id });
  }

  answer(how, at = this.chosen) {
    const shown = this.note?.suggestions[at];
    if (!shown) return this.say(this.t("no_suggestions"));
    this.act(() => {
      const note = this.note;
      const one = note.suggestions[Math.min(at, note.suggestions.length - 1)];
      return one && { do: how, note: note.id, start: one.start, end: one.end, code: one.code };
    });
  }

  async finish() {
    const note = this.note;
    if (!note) return;
    const where = this.at;
    await this.act({ do: note.finished ? "unfinish" : "finish", note: note.id });
    if (!note.finished && this.notes.get(note.id).finished && this.at === where && where + 1 < this.ids.length) this.step(1);
  }

  toggleList() {
    this.list = !this.list;
    this.listButton.setAttribute("aria-pressed", String(this.list));
    this.go(this.at);
  }

  toggleUnit() {
    this.byUnit = !this.byUnit;
    this.unitButton.setAttribute("aria-pressed", String(this.byUnit));
    if (this.note) this.select(this.cursor, this.anchor);
    this.say(this.t(this.byUnit ? "snaps_unit" : "snaps_word"));
  }

  nextSuggestion(by) {
    const count = this.note?.suggestions.length;
    if (!count) return this.say(this.t("no_suggestions"));
    this.chosen = (this.chosen + by + count) % count;
    this.renderNote(this.note.id);
    const one = this.note.suggestions[this.chosen];
    this.say(`${this.nameOf(one.code)}. ${one.reason}`);
  }

  askMemo(about, what) {
    const note = this.note;
    if (!note) return;
    const name = about === "coding" ? this.nameOf(what.code) : what?.name;
    const target = { note: note.id, coding: what?.id, code: what?.id }[about];
    const before = { note: note.memo, coding: what?.memo, code: this.codeMemos[what?.id] }[about] ?? "";
    const field = h("textarea", { rows: 5 });
    field.value = before;
    this.ask(this.t(`memo_${about}`, { name }), field, this.t("memo_hint"), async (text) => {
      await this.act({ do: "memo", note: note.id, about, target, text });
      const failure = [...this.link.failed.values()].find((one) => one.command.text === text);
      return failure && `${this.t("not_stored")} ${failure.message} ${failure.remedy}`;
    });
  }

  /** Take another coder's name; until there is one, the form stands where notes will be. */
  askCoder() {
    const field = h("input", { type: "text", autocomplete: "off", maxlength: 40 });
    field.value = this.coder;
    const name = async (value) => {
      const answer = await this.link.send({ do: "coder", name: value });
      if (!answer.ok) return `${answer.message} ${answer.remedy}`;
      this.notes.clear();
      await this.opened(answer);
    };
    if (this.coder) return this.ask(this.t("ask_coder"), field, this.t("ask_coder_hint"), name);
    const form = this.form(field, this.t("ask_coder_hint"), name);
    this.pane.replaceChildren(h("div", { class: "welcome" }, h("h3", { text: this.t("ask_coder") }), form));
  }

  // -------------------------------------------------------------- keys

  enter() {
    this.field?.focus();
  }

  digit(number) {
    const code = this.recent?.[number - 1];
    if (code) this.put(code);
    else this.say(this.t("no_recent", { key: number }));
  }

  keys(target) {
    const coding = this.note?.codings.find((one) => one.id === target.dataset.coding);
    return {
      k: () => this.field?.focus(),
      "/": () => this.search?.focus(),
      n: () => this.step(1),
      p: () => this.step(-1),
      PageDown: () => this.step(this.list ? PAGE : 1),
      PageUp: () => this.step(this.list ? -PAGE : -1),
      f: () => this.finish(),
      g: () => this.answer("accept"),
      x: () => this.answer("refuse"),
      ".": () => this.nextSuggestion(1),
      ",": () => this.nextSuggestion(-1),
      m: () => (coding ? this.askMemo("coding", coding) : this.askMemo("note")),
      Delete: () => coding && this.remove(coding),
      z: () => this.act({ do: "undo" }),
      y: () => this.act({ do: "redo" }),
      l: () => this.toggleList(),
      e: () => this.toggleUnit(),
      h: () => this.note && this.select(this.note.tokens.length - 1, 0),
      "?": () => this.showHelp(),
    };
  }
}
