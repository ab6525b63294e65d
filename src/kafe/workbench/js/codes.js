// The codes: search, number keys, definitions.

class Codes extends Notes {
  option = 0;

  buildCodes() {
    this.targetLine = h("p", { class: "target", id: `kafe-target-${uuid()}` });
    this.options = h("div", { role: "listbox", id: `kafe-codes-${uuid()}`, "aria-label": this.t("codes"), tabindex: "-1" });
    this.field = h("input", {
      type: "text",
      role: "combobox",
      "aria-expanded": "true",
      "aria-controls": this.options.id,
      "aria-autocomplete": "list",
      "aria-label": this.t("code_search"),
      "aria-describedby": this.targetLine.id,
      "aria-keyshortcuts": "k",
      placeholder: this.t("code_search"),
      autocomplete: "off",
      on: { input: () => this.renderOptions(true), keydown: (event) => this.fieldKey(event), focus: () => this.describe() },
    });
    this.info = h("div", { class: "info", tabindex: "0", role: "region", "aria-label": this.t("definition") });
    const empty = h("div", { class: "empty" }, h("p", { text: this.t("no_codes") }), h("p", { class: "muted", text: this.t("no_codes_remedy") }));
    this.side.replaceChildren(...(this.usable.length ? [this.targetLine, this.field, this.options, this.info] : [empty]));
    this.renderOptions(true);
  }

  unmarked() {
    return this.t("whole");
  }

  recentCodes() {
    return this.recent.map((id) => this.code.get(id)).filter((code) => this.usable.includes(code));
  }

  /** Codes that fit what is typed: names first, then definitions and examples; all in the tree when nothing is. */
  matching() {
    const words = fold(this.field.value).split(/\s+/).filter(Boolean);
    if (!words.length) return [...this.recentCodes(), ...this.usable];
    const rank = (code) => {
      if (words.every((word) => code.folded[0].split(/[\s-]+/).some((part) => part.startsWith(word)))) return 0;
      if (words.every((word) => code.folded[0].includes(word))) return 1;
      return words.every((word) => code.folded[1].includes(word)) ? 2 : 3;
    };
    const ranked = this.usable.map((code) => [rank(code), code]).filter(([place]) => place < 3);
    return ranked.sort((a, b) => a[0] - b[0]).map(([, code]) => code);
  }

  renderOptions(reset = false) {
    if (!this.usable?.length) return;
    if (reset) this.option = 0;
    const searching = this.field.value.trim() !== "";
    const recent = searching ? 0 : this.recentCodes().length;
    this.found = this.matching();
    const groups = [];
    let last = null;
    this.found.forEach((code, at) => {
      const heading = searching ? this.t("hits") : at < recent ? this.t("recent") : code.above.join(" › ") || (recent ? this.t("codes") : "");
      if (heading !== last) groups.push(h("div", { role: "group", "aria-label": heading || this.t("codes") }, h("div", { class: "heading", role: "presentation", text: heading })));
      last = heading;
      groups.at(-1).append(this.optionOf(code, at, searching));
    });
    this.options.replaceChildren(...(groups.length ? groups : [h("div", { class: "muted", role: "option", "aria-disabled": "true", "aria-selected": "false", text: this.t("no_hits") })]));
    this.showOption();
  }

  optionOf(code, at, searching) {
    const key = this.recent.indexOf(code.id) + 1;
    const swatch = h("span", { class: "swatch", "aria-hidden": "true" });
    swatch.style.setProperty("--code", this.colour(code.id));
    return h(
      "div",
      {
        role: "option",
        id: `${this.options.id}-${at}`,
        "aria-selected": "false",
        "aria-keyshortcuts": key ? String(key) : undefined,
        on: {
          click: () => this.put(code.id),
          pointerenter: () => this.describe(code),
          pointerdown: (event) => event.preventDefault(),
        },
      },
      swatch,
      h("span", { class: "name" }, code.name, searching && code.above.length ? h("span", { class: "above", text: code.above.join(" › ") }) : ""),
      this.used[code.id] ? h("span", { class: "used", text: this.used[code.id], title: this.t("used"), "aria-label": `${this.used[code.id]} ${this.t("used")}` }) : "",
      key ? h("kbd", { text: key, "aria-hidden": "true" }) : "",
    );
  }

  showOption() {
    this.option = Math.max(0, Math.min(this.option, this.found.length - 1));
    for (const option of this.options.querySelectorAll("[role=option]")) {
      const on = option.id === `${this.options.id}-${this.option}`;
      option.setAttribute("aria-selected", String(on));
      if (on) {
        this.field.setAttribute("aria-activedescendant", option.id);
        const box = this.options.getBoundingClientRect();
        const own = option.getBoundingClientRect();
        if (own.top < box.top || own.bottom > box.bottom) this.options.scrollTop += own.top - box.top - box.height / 3;
      }
    }
    if (!this.found.length) this.field.removeAttribute("aria-activedescendant");
    this.describe();
  }

  describe(code = this.found?.[this.option]) {
    if (!this.info) return;
    const list = (key, items) =>
      items.length ? [h("h4", { text: this.t(key) }), h("ul", {}, ...items.map((text) => h("li", { text })))] : [];
    if (!code) return this.info.replaceChildren();
    const memo = this.codeMemos[code.id];
    this.info.replaceChildren(
      h("h3", { text: code.name }),
      code.above.length ? h("p", { class: "muted", text: code.above.join(" › ") }) : "",
      h("p", { text: code.definition || this.t("no_definition"), class: code.definition ? "" : "muted" }),
      ...list("include", code.include),
      ...list("exclude", code.exclude),
      ...list("examples", code.examples),
      ...list("counterexamples", code.counterexamples ?? []),
      memo ? h("p", { class: "memo" }, h("b", { text: `${this.t("memo")}: ` }), memo) : "",
      this.button("code_memo", () => this.askMemo("code", code), { class: "small" }),
    );
    if (document.activeElement === this.field) {
      clearTimeout(this.telling);
      this.telling = setTimeout(() => this.say(code.definition), 700);
    }
  }

  fieldKey(event) {
    const move = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (move) {
      this.option += move;
      this.showOption();
    } else if (event.key === "Enter") {
      const code = this.found[this.option];
      if (code) this.put(code.id);
      this.field.value = "";
      this.renderOptions(true);
      if (!event.ctrlKey) this.focusText();
    } else if (event.key === "Escape") {
      this.field.value = "";
      this.renderOptions(true);
      this.focusText();
    } else return;
    event.preventDefault();
  }
}
