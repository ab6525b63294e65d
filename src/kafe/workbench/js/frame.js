// What every view has: its frame, its talk with the session, its dialogs and its keys.

class Frame {
  constructor(model) {
    this.words = model.get("words");
    this.notes = new Map();
    this.ids = [];
    this.at = 0;
    this.keysOn = stored("kafe.keys") !== "off";
    this.acts = Promise.resolve();
    this.link = new Link(model, () => this.showStatus());
    this.live = h("div", { class: "unseen", "aria-live": "polite" });
    this.alert = h("div", { class: "alert", role: "alert", hidden: true });
    this.status = h("span", { class: "status", role: "status", text: this.t("opening") });
    this.bar = h("progress", { "aria-label": this.t("progress"), max: 1, value: 0 });
    this.count = h("span", { class: "count" });
    this.undoButton = this.button("undo", () => this.act({ do: "undo" }), { hint: "z" });
    this.redoButton = this.button("redo", () => this.act({ do: "redo" }), { hint: "y" });
    this.helpButton = this.button("help", () => this.showHelp(), { hint: "?" });
    this.filters = h("div", { class: "filters", role: "search", "aria-label": this.t("filters") });
    this.pane = h("section", { class: "notes", "aria-label": this.t("notes") });
    this.side = h("section", { class: "codes" });
    this.body = h("div", { class: "body" }, this.pane, this.side);
    this.dialog = h("dialog", {});
  }

  /** The words of a key, with {names} filled. */
  t(key, values = {}) {
    return (this.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  /** A button; `hint` is the key that does the same, shown beside its words. */
  button(key, act, { hint, ...props } = {}) {
    const shown = hint ? h("kbd", { text: hint.toUpperCase(), "aria-hidden": "true" }) : "";
    return h("button", { type: "button", "aria-keyshortcuts": hint, on: { click: act }, ...props }, this.t(key), shown);
  }

  /** Put the view together under a title, with what stands to the right of the progress and among the tools. */
  frame(el, title, about, ...tools) {
    const row = { class: "row", role: "toolbar", "aria-label": this.t("tools") };
    this.root = h(
      "div",
      {
        class: "kafe-wb",
        role: "region",
        "aria-label": this.t(title),
        lang: "nb",
        "data-lm-suppress-shortcuts": "true",
        on: { keydown: (event) => this.key(event) },
      },
      h(
        "div",
        { class: "top" },
        h("div", { class: "row" }, this.count, this.bar, about),
        h("div", row, this.status, this.undoButton, this.redoButton, ...tools, this.helpButton),
      ),
      this.alert,
      this.filters,
      this.body,
      this.live,
      this.dialog,
    );
    el.append(this.root);
  }

  watchTheme() {
    this.paint();
    this.watcher = new MutationObserver(() => this.paint());
    this.watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  }

  paint() {
    const dark = document.body.dataset.jpThemeLight === "false";
    this.root.classList.toggle("dark", dark);
    (this.codes ?? []).forEach((code, at) => this.root.style.setProperty(`--code-${at}`, legible(code.colour, dark)));
  }

  colour(id) {
    const at = this.place.get(id);
    return at === undefined ? "var(--muted)" : `var(--code-${at})`;
  }

  say(text) {
    this.live.textContent = text;
  }

  showStatus() {
    const acts = this.link.waiting.size;
    this.status.className = `status ${acts || !this.codes ? "busy" : "saved"}`;
    this.status.textContent = !this.codes ? this.t("opening") : acts ? this.t("saving") : this.stored ? this.t("saved") : "";
    const parts = [];
    if (this.link.late) parts.push(h("p", { text: this.t("late", { count: acts }) }));
    for (const [id, failure] of this.link.failed) {
      parts.push(
        h(
          "p",
          {},
          h("strong", { text: this.t("not_stored") }),
          ` ${failure.message} ${failure.remedy} `,
          this.button("again", () => this.link.post(failure.command).then((answer) => this.take(answer))),
          this.button("drop", () => this.link.drop(id)),
        ),
      );
    }
    if (this.problem) parts.push(h("p", { text: this.problem }));
    this.alert.hidden = !parts.length;
    this.alert.replaceChildren(...parts);
  }

  // -------------------------------------------------------------- talking to the session

  async start(el) {
    this.build(el);
    this.watchTheme();
    const answer = await this.link.send({ do: "open" });
    if (!answer.ok) return this.refuse(answer);
    await this.opened(answer);
  }

  /** Take in the codes of the codebook. */
  learn(answer) {
    this.coder = answer.coder;
    this.codes = answer.codes;
    this.code = new Map(this.codes.map((code) => [code.id, code]));
    this.place = new Map(this.codes.map((code, at) => [code.id, at]));
    this.problem = answer.problem ? this.t("codebook_problem", { problem: answer.problem }) : "";
  }

  nameOf(id) {
    return this.code.get(id)?.name ?? id;
  }

  /** Take in what every answer to an act tells: progress, and what can be undone. */
  absorb(answer) {
    const { total, finished } = answer.progress;
    this.progress = answer.progress;
    this.bar.max = total || 1;
    this.bar.value = finished;
    for (const [button, what, key] of [
      [this.undoButton, answer.undo, "undo"],
      [this.redoButton, answer.redo, "redo"],
    ]) {
      button.setAttribute("aria-disabled", String(!what));
      button.title = what ? `${this.t(key)}: ${what}` : "";
    }
  }

  /** Send an act when the one before it is answered, so that two quick keys mean two things. */
  act(command) {
    if (this.link.late) return this.say(this.t("late", { count: this.link.waiting.size }));
    const make = typeof command === "function" ? command : () => command;
    this.acts = this.acts.then(async () => {
      const made = make();
      if (made) this.take(await this.link.send({ ...made, coder: this.coder }));
    });
    return this.acts;
  }

  take(answer) {
    if (!answer.ok) return this.say(`${this.t("not_stored")} ${answer.message} ${answer.remedy}`);
    this.stored = true;
    this.absorb(answer);
    this.showStatus();
    this.say(answer.said ? `${answer.said}. ${this.t("saved")}.` : "");
    this.show(answer);
  }

  /** Send again what an earlier run of the cell never got an answer to. */
  resend() {
    for (const act of this.link.left(this.coder)) this.link.post(act).then((reply) => this.take(reply));
  }

  refuse(answer) {
    this.alert.hidden = false;
    this.alert.replaceChildren(h("p", { text: `${answer.message} ${answer.remedy}` }));
  }

  keep(note) {
    note.tokens = tokens(note.text);
    note.points = [...note.text];
    this.notes.set(note.id, note);
  }

  async fetch(ids) {
    const missing = ids.filter((id) => id && !this.notes.has(id));
    if (!missing.length) return;
    const answer = await this.link.send({ do: "notes", ids: missing });
    if (answer.ok) answer.notes.forEach((note) => this.keep(note));
    else this.refuse(answer);
  }

  // -------------------------------------------------------------- dialogs

  open(title, ...content) {
    const heading = h("h3", { text: title, id: `kafe-dialog-${uuid()}` });
    this.back = document.activeElement?.dataset.focus ?? "text";
    this.dialog.setAttribute("aria-labelledby", heading.id);
    this.dialog.replaceChildren(heading, ...content);
    this.dialog.onclose = () => {
      (this.body.querySelector(`.active [data-focus="${this.back}"]`) ?? this.pane.querySelector(".text"))?.focus();
    };
    this.dialog.showModal();
    this.dialog.querySelector(".main").focus();
  }

  /** A form with one field; `done` stores its value and returns what went wrong, or nothing. */
  form(field, explain, done, cancel) {
    const wrong = h("p", { class: "wrong", role: "alert" });
    const form = h(
      "form",
      {
        method: "dialog",
        on: {
          submit: async (event) => {
            event.preventDefault();
            wrong.textContent = (await done(field.value)) ?? "";
          },
        },
      },
      h("label", {}, h("span", { class: "muted", text: explain }), field),
      wrong,
      h("div", { class: "row" }, h("button", { type: "submit", class: "main", text: this.t("save") }), cancel),
    );
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    return form;
  }

  ask(title, field, explain, done) {
    const finish = async (value) => {
      const problem = await done(value);
      if (!problem) this.dialog.close();
      return problem;
    };
    this.open(title, this.form(field, explain, finish, this.button("cancel", () => this.dialog.close())));
    field.focus();
  }

  showHelp() {
    const rows = Object.entries(this.words)
      .filter(([key, line]) => key.startsWith(this.help) && line.includes(" | "))
      .map(([, line]) => line.split(" | "))
      .map(([keys, meaning]) => h("tr", {}, h("th", { scope: "row" }, ...keys.split(" ").map((key) => h("kbd", { text: key.replaceAll("_", " ") }))), h("td", { text: meaning })));
    const box = h("input", {
      type: "checkbox",
      on: {
        change: () => {
          this.keysOn = box.checked;
          stored("kafe.keys", box.checked ? "on" : "off");
        },
      },
    });
    box.checked = this.keysOn;
    this.open(
      this.t(`${this.help}title`),
      h("p", { text: this.t("help_intro") }),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.t(`${this.help}title`) }, h("table", {}, h("tbody", {}, ...rows))),
      h("label", { class: "check" }, box, this.t("keys_on")),
      h("div", { class: "row" }, this.button("close", () => this.dialog.close(), { class: "main" })),
    );
  }

  // -------------------------------------------------------------- keys

  key(event) {
    event.stopPropagation(); // keys pressed here are not commands to JupyterLab
    const target = event.target;
    if (event.defaultPrevented || target.closest("dialog")) return;
    const command = event.ctrlKey || event.metaKey;
    if (target.matches("input, textarea, select")) return;
    let done = true;
    if (command && event.key.toLowerCase() === "z") this.act({ do: event.shiftKey ? "redo" : "undo" });
    else if (command && event.key.toLowerCase() === "y") this.act({ do: "redo" });
    else if (command || event.altKey) return;
    else if (target.closest(".text") && this.note && this.textKey(event)) done = true;
    else if (this.keysOn) done = this.letterKey(event, target);
    else done = false;
    if (done) event.preventDefault();
  }

  letterKey(event, target) {
    if (/^[1-9]$/.test(event.key)) {
      this.digit(Number(event.key));
      return true;
    }
    const act = this.keys(target)[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return false;
    act();
    return true;
  }

  close() {
    this.link.close();
    this.watcher.disconnect();
    clearTimeout(this.searching);
    clearTimeout(this.telling);
  }
}
