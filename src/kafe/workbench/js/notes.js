// The notes: which, in which order, and each with its codings and suggestions.

const PAGE = 20; // notes on screen in the list
const AHEAD = 8; // notes fetched before they are needed

class Notes extends Selecting {
  query = { search: "", session: "", question: "", group: "", status: "all", order: "source" };
  list = false;
  chosen = 0; // which suggestion the keys answer

  async find(resume = false) {
    const answer = await this.link.send({ do: "find", query: this.query });
    if (!answer.ok) return this.refuse(answer);
    this.ids = answer.ids;
    await this.go(resume ? answer.first_unfinished : 0, false);
    if (!resume) this.say(this.t("found", { count: this.ids.length }));
  }

  buildFilters({ sessions, questions, groups, assigned }) {
    const statuses = ["all", "unfinished", "uncoded", "suggested", "finished", ...(assigned ? ["assigned"] : [])];
    const pick = (name, choices) => {
      const select = h("select", {
        "aria-label": this.t(name),
        on: { change: () => this.narrow(name, select.value) },
      });
      for (const [value, label] of choices) select.append(h("option", { value, text: label }));
      select.value = this.query[name];
      return select;
    };
    const all = (name, choices) => (choices.length > 1 ? pick(name, [["", this.t(`all_${name}`)], ...choices]) : null);
    this.search = h("input", {
      type: "search",
      placeholder: this.t("search"),
      "aria-label": this.t("search"),
      "aria-keyshortcuts": "/",
      on: {
        input: () => {
          clearTimeout(this.searching);
          this.searching = setTimeout(() => this.narrow("search", this.search.value), 200);
        },
        keydown: (event) => {
          if (event.key === "Enter" || event.key === "Escape") this.focusText();
        },
      },
    });
    this.filters.replaceChildren(
      ...[
        this.search,
        all("session", sessions),
        all("question", questions),
        all("group", groups),
        pick("status", statuses.map((status) => [status, this.t(`status_${status}`)])),
        pick("order", ["source", "uncertain"].map((order) => [order, this.t(`order_${order}`)])),
      ].filter(Boolean),
    );
    this.showAll = () => {
      this.query = { search: "", session: "", question: "", group: "", status: "all", order: this.query.order };
      this.buildFilters({ sessions, questions, groups, assigned });
      this.find();
    };
  }

  narrow(name, value) {
    this.query[name] = value;
    this.find();
  }

  /** Show the note at a place in the selection; `focus` moves the keyboard to its text. */
  async go(where, focus = true) {
    const held = this.pane.contains(document.activeElement) || focus;
    this.at = Math.max(0, Math.min(where, this.ids.length - 1));
    this.cursor = 0;
    this.anchor = null;
    this.chosen = 0;
    const asked = this.at;
    const first = this.list ? this.at - (this.at % PAGE) : this.at;
    await this.fetch(this.ids.slice(first, first + (this.list ? PAGE : 1)));
    if (asked !== this.at) return;
    this.renderNotes();
    if (held && focus) this.focusText();
    this.fetch(this.ids.slice(this.at + 1, first + (this.list ? PAGE : 1) + AHEAD));
  }

  step(by) {
    const to = this.at + by;
    if (to < 0 || to >= this.ids.length) return this.say(this.t(by > 0 ? "last" : "first"));
    this.go(to);
  }

  renderNotes() {
    if (!this.ids.length) {
      const none = this.progress.total === 0;
      this.pane.replaceChildren(
        h(
          "div",
          { class: "empty" },
          h("p", { text: this.t(none ? "no_notes" : "no_match") }),
          none ? h("p", { class: "muted", text: this.t("no_notes_remedy") }) : this.button("show_all", () => this.showAll()),
        ),
      );
      return this.renderTarget();
    }
    const first = this.list ? this.at - (this.at % PAGE) : this.at;
    const shown = this.ids.slice(first, first + (this.list ? PAGE : 1));
    this.pane.replaceChildren(...shown.map((id, offset) => this.article(id, first + offset)));
    this.pane.classList.toggle("many", this.list);
    this.pane.querySelector("article.active")?.scrollIntoView({ block: "nearest" });
    this.renderTarget();
  }

  /** Draw one note anew and leave the keyboard where it was. */
  renderNote(id) {
    const where = this.ids.indexOf(id);
    const old = [...this.pane.querySelectorAll("article")].find((article) => article.dataset.id === id);
    if (!old) return;
    const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus ?? "text" : "";
    const fresh = this.article(id, where);
    old.replaceWith(fresh);
    if (focused) (fresh.querySelector(`[data-focus="${focused}"]`) ?? fresh.querySelector(".text"))?.focus();
    this.renderTarget();
  }

  article(id, where) {
    const note = this.notes.get(id);
    const active = where === this.at;
    if (!note) return h("article", { data: { id } });
    const article = h(
      "article",
      {
        class: `note${active ? " active" : ""}${note.finished ? " done" : ""}`,
        "aria-label": this.t("note_of", { at: where + 1, count: this.ids.length }),
        "aria-current": active ? "true" : undefined,
        data: { id },
        on: { pointerdown: () => where !== this.at && this.activate(where) },
      },
      this.headOf(note, this.t("note_of", { at: where + 1, count: this.ids.length })),
      this.textOf(note, active),
      this.codingsOf(note, active),
      active ? this.suggestionsOf(note) : null,
    );
    if (note.memo) article.append(h("p", { class: "memo" }, h("b", { text: `${this.t("memo")}: ` }), note.memo));
    if (active) article.append(this.footerOf(note, where));
    else if (note.finished) article.append(h("p", { class: "muted", text: `✓ ${this.t("is_finished")}` }));
    return article;
  }

  /** Make another note of the list the one that the keys work on, without drawing all of them again. */
  activate(where) {
    const before = this.ids[this.at];
    Object.assign(this, { at: where, cursor: 0, anchor: null, chosen: 0 });
    this.renderNote(before);
    this.renderNote(this.ids[where]);
  }

  footerOf(note, where) {
    return h(
      "footer",
      { class: "row" },
      note.finished ? h("span", { class: "muted", text: `✓ ${this.t("is_finished")}` }) : null,
      this.button(note.finished ? "unfinish" : "finish", () => this.finish(), {
        class: note.finished ? "" : "main",
        hint: "f",
        data: { focus: "finish" },
      }),
      this.button("note_memo", () => this.askMemo("note"), { hint: "m", data: { focus: "memo" } }),
      h("span", { class: "space" }),
      this.button("previous", () => this.step(-1), { "aria-disabled": String(where === 0), hint: "p", data: { focus: "previous" } }),
      this.button("next", () => this.step(1), { "aria-disabled": String(where === this.ids.length - 1), hint: "n", data: { focus: "next" } }),
    );
  }

  /** Spans to draw: own codings with letters, suggestions with a question mark. */
  marks(note) {
    const own = note.codings.map((coding, at) => ({ ...coding, label: letter(at), own: true }));
    const proposed = note.suggestions.map((one, at) => ({ ...one, label: "?", own: false, chosen: at === this.chosen }));
    return this.lay(note, [...own, ...proposed]);
  }

  codingsOf(note, active) {
    if (!note.codings.length) return active ? h("p", { class: "muted", text: this.t("no_codings") }) : null;
    const items = note.codings.map((coding, at) => {
      const name = this.nameOf(coding.code);
      const item = h(
        "li",
        {},
        this.pill({ ...coding, label: letter(at), own: true }),
        h("span", { class: "name", text: name }),
        h("span", { class: "quote", text: this.quoteOf(note, coding) }),
        coding.suggested ? h("span", { class: "tag", text: this.t("was_suggested") }) : null,
      );
      if (active) {
        item.append(
          this.button("memo", () => this.askMemo("coding", coding), { class: "small", "aria-label": this.t("memo_on", { name }), data: { focus: `memo-${at}`, coding: coding.id } }),
          this.button("remove", () => this.remove(coding), { class: "small", "aria-label": this.t("remove_name", { name }), data: { focus: `remove-${at}`, coding: coding.id } }),
        );
      }
      if (coding.memo) item.append(h("p", { class: "memo", text: coding.memo }));
      return item;
    });
    return h("ul", { class: "codings", "aria-label": this.t("codings") }, ...items);
  }

  suggestionsOf(note) {
    if (!note.suggestions.length) return null;
    this.chosen = Math.min(this.chosen, note.suggestions.length - 1);
    const items = note.suggestions.map((one, at) => {
      const name = this.nameOf(one.code);
      const current = at === this.chosen;
      return h(
        "li",
        { class: current ? "chosen" : "", "aria-current": current ? "true" : undefined },
        h("span", { class: "name" }, h("span", { class: "pill dashed", text: "?", "aria-hidden": "true" }), ` ${name}`),
        h("span", { class: "quote", text: this.quoteOf(note, one) }),
        h("span", { class: "reason", text: `${this.t(`by_${one.source}`)} ${one.reason}` }),
        this.button("accept", () => this.answer("accept", at), { class: "small", "aria-label": this.t("accept_name", { name }), hint: current ? "g" : undefined, data: { focus: `accept-${at}` } }),
        this.button("refuse", () => this.answer("refuse", at), { class: "small", "aria-label": this.t("refuse_name", { name }), hint: current ? "x" : undefined, data: { focus: `refuse-${at}` } }),
      );
    });
    return h(
      "section",
      { class: "suggestions", "aria-label": this.t("suggestions") },
      h("p", { class: "label", text: this.t("suggestions_hint") }),
      h("ul", {}, ...items),
    );
  }
}
