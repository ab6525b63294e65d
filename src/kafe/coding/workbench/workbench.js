// The coding workbench in the browser. It shows what the session answers and sends what the coder does;
// nothing is shown as done before the answer says that it is stored. Text is only ever set as text.

const PAGE = 20; // notes on screen in the list
const AHEAD = 8; // notes fetched before they are needed
const LATE = 4000; // ms without an answer before the coder is told
const AGAIN = [1000, 3000, 9000]; // ms before a command is sent again; a kernel that restarts loses messages
const RESENT = ["code", "uncode", "accept", "refuse", "memo", "finish", "unfinish"];
const WORD =
  /(?:\p{RI}\p{RI})|\p{Extended_Pictographic}(?:\p{EMod}|\uFE0F|\u200D\p{Extended_Pictographic})*|[\p{L}\p{N}\p{M}]+(?:[-'’./@_][\p{L}\p{N}\p{M}]+)*|\S/gu;

// ---------------------------------------------------------------- small helpers

/** Make an element. `props`: `text`, `class`, `on` (event → listener), `data`, and attributes. */
function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "class") element.className = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A choice kept in the browser, set when a value is given; nothing where the browser keeps nothing. */
function stored(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Small letters without diacritics, as the session folds notes: «å» and «aa» as «a», «ø» as «o», «æ» as «ae». */
function fold(text) {
  const plain = text.toLowerCase().replaceAll("ø", "o").replaceAll("æ", "ae").replaceAll("aa", "a");
  return plain.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Words of a text with positions counted in code points, as the store counts them. */
function tokens(text) {
  const found = [];
  let units = 0; // UTF-16 units passed
  let points = 0; // code points passed
  for (const match of text.matchAll(WORD)) {
    points += [...text.slice(units, match.index)].length;
    const length = [...match[0]].length;
    found.push({ start: points, end: points + length, text: match[0] });
    units = match.index + match[0].length;
    points += length;
  }
  return found;
}

function luminance([r, g, b]) {
  const linear = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

/** The colour moved towards ink until it has contrast 4.6:1 on paper (WCAG 2.1, 1.4.3 and 1.4.11). */
function legible(colour, dark) {
  const paper = luminance(dark ? [32, 38, 46] : [240, 243, 247]);
  const ink = dark ? 255 : 0;
  const rgb = [1, 3, 5].map((at) => parseInt((colour || "#595959").slice(at, at + 2), 16) || 0);
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = rgb.map((value) => Math.round(value + (ink - value) * share));
    const [low, high] = [luminance(mixed), paper].sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) >= 4.6) return `rgb(${mixed.join(" ")})`;
  }
  return dark ? "#fff" : "#000";
}

/** A, B … Z, AA, AB …: names of codings within a note. */
const letter = (number) =>
  (number >= 26 ? letter(Math.floor(number / 26) - 1) : "") + String.fromCharCode(65 + (number % 26));

// ---------------------------------------------------------------- commands and answers

const kept = (globalThis.kafeWaiting ??= new Map()); // acts not stored yet; they outlive a cell that is run again

/** Sends commands and settles them when answered; remembers acts that are not stored. */
class Link {
  constructor(model, changed) {
    this.model = model;
    this.changed = changed;
    this.asked = new Map();
    this.late = false;
    this.failed = new Map(); // id → { command, message, remedy }
    this.receive = (answer) => this.settle(answer);
    model.on("msg:custom", this.receive);
  }

  get waiting() {
    const project = this.model.get("project");
    if (!kept.has(project)) kept.set(project, new Map());
    return kept.get(project);
  }

  send(command) {
    const whole = { id: uuid(), ...command };
    if (RESENT.includes(whole.do)) this.waiting.set(whole.id, whole);
    return this.post(whole);
  }

  post(command) {
    this.failed.delete(command.id);
    return new Promise((resolve) => {
      this.asked.set(command.id, { resolve, command, timers: [setTimeout(() => this.tell(true), LATE)] });
      this.transmit(command, 0);
      this.changed();
    });
  }

  /** Send a command until it is answered; the session answers one id once, so that nothing is doubled. */
  transmit(command, times) {
    this.model.send(command);
    const again = setTimeout(() => this.transmit(command, times + 1), AGAIN[Math.min(times, AGAIN.length - 1)]);
    this.asked.get(command.id).timers[1] = again;
  }

  settle(answer) {
    const asked = this.asked.get(answer.id);
    if (!asked) return;
    asked.timers.forEach(clearTimeout);
    this.asked.delete(answer.id);
    if (answer.ok) this.waiting.delete(answer.id);
    else if (this.waiting.has(answer.id)) this.failed.set(answer.id, { ...answer, command: asked.command });
    this.tell(false);
    asked.resolve(answer);
  }

  tell(late) {
    this.late = late;
    this.changed();
  }

  drop(id) {
    this.waiting.delete(id);
    this.failed.delete(id);
    this.changed();
  }

  /** Acts that an earlier run of the cell never got an answer to, for this coder. */
  left(coder) {
    return [...this.waiting.values()].filter((act) => act.coder === coder && !this.asked.has(act.id));
  }

  close() {
    for (const { timers } of this.asked.values()) timers.forEach(clearTimeout);
    this.model.off("msg:custom", this.receive);
  }
}

// ---------------------------------------------------------------- the workbench

class Bench {
  constructor(model, el) {
    this.words = model.get("words");
    this.notes = new Map();
    this.ids = [];
    this.at = 0;
    this.query = { search: "", session: "", question: "", group: "", status: "all", order: "source" };
    this.list = false;
    this.byUnit = false;
    this.keysOn = stored("kafe.keys") !== "off";
    this.cursor = 0;
    this.anchor = null; // token where the selection began; null: nothing selected
    this.chosen = 0; // which suggestion the keys answer
    this.option = 0;
    this.acts = Promise.resolve();
    this.link = new Link(model, () => this.showStatus());
    this.build(el);
    this.watchTheme();
    this.start();
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

  // -------------------------------------------------------------- frame

  build(el) {
    this.live = h("div", { class: "unseen", "aria-live": "polite" });
    this.alert = h("div", { class: "alert", role: "alert", hidden: true });
    this.status = h("span", { class: "status", role: "status" });
    this.bar = h("progress", { "aria-label": this.t("progress"), max: 1, value: 0 });
    this.count = h("span", { class: "count" });
    this.who = this.button("coder", () => this.askCoder(), { class: "quiet" });
    this.undoButton = this.button("undo", () => this.act({ do: "undo" }), { hint: "z" });
    this.redoButton = this.button("redo", () => this.act({ do: "redo" }), { hint: "y" });
    this.listButton = this.button("list", () => this.toggleList(), { "aria-pressed": "false", hint: "l" });
    this.unitButton = this.button("by_unit", () => this.toggleUnit(), { "aria-pressed": "false", hint: "e" });
    this.top = h(
      "div",
      { class: "top" },
      h("div", { class: "row" }, this.count, this.bar, this.who),
      h(
        "div",
        { class: "row", role: "toolbar", "aria-label": this.t("tools") },
        this.status,
        this.undoButton,
        this.redoButton,
        this.unitButton,
        this.listButton,
        this.button("help", () => this.showHelp(), { hint: "?" }),
      ),
    );
    this.filters = h("div", { class: "filters", role: "search", "aria-label": this.t("filters") });
    this.pane = h("section", { class: "notes", "aria-label": this.t("notes") });
    this.codePane = h("section", { class: "codes", "aria-label": this.t("codes") });
    this.body = h("div", { class: "body" }, this.pane, this.codePane);
    this.dialog = h("dialog", {});
    this.root = h(
      "div",
      {
        class: "kafe-wb",
        role: "region",
        "aria-label": this.t("title"),
        lang: "nb",
        "data-lm-suppress-shortcuts": "true",
        on: { keydown: (event) => this.key(event) },
      },
      this.top,
      this.alert,
      this.filters,
      this.body,
      this.live,
      this.dialog,
    );
    el.append(this.root);
  }

  watchTheme() {
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
    this.status.className = `status ${acts ? "busy" : "saved"}`;
    this.status.textContent = acts ? this.t("saving") : this.stored ? this.t("saved") : "";
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

  async start() {
    const answer = await this.link.send({ do: "open" });
    if (!answer.ok) return this.refuse(answer);
    await this.opened(answer);
  }

  async opened(answer) {
    this.coder = answer.coder;
    this.codes = answer.codes;
    this.code = new Map(this.codes.map((code) => [code.id, code]));
    this.place = new Map(this.codes.map((code, at) => [code.id, at]));
    this.usable = this.codes.filter((code) => code.codable && code.status !== "retired");
    for (const code of this.usable) {
      const parts = [code.name, ...code.above, code.definition, ...code.include, ...code.examples];
      code.folded = [fold(code.name), fold(parts.join(" "))];
    }
    this.problem = answer.problem ? this.t("codebook_problem", { problem: answer.problem }) : "";
    this.absorb(answer);
    this.paint();
    this.buildFilters(answer);
    this.buildCodes();
    this.showStatus();
    if (!this.coder) return this.askCoder();
    for (const act of this.link.left(this.coder)) this.link.post(act).then((reply) => this.take(reply));
    await this.find(true);
    const tally = await this.link.send({ do: "tally" });
    if (!tally.ok) return this.refuse(tally);
    this.absorb(tally);
    this.renderOptions();
  }

  /** Take in what every answer to an act tells: progress, recent codes, what can be undone. */
  absorb(answer) {
    if (!answer.progress) return;
    Object.assign(this, { progress: answer.progress, recent: answer.recent, used: answer.used, codeMemos: answer.memos });
    const { total, finished } = answer.progress;
    this.count.textContent = this.t("count", { finished, total });
    this.bar.max = total || 1;
    this.bar.value = finished;
    this.who.textContent = this.t("coder", { name: this.coder || "–" });
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
    if (answer.note) {
      this.keep(answer.note);
      const where = this.ids.indexOf(answer.note.id);
      if (where >= 0 && where !== this.at) this.go(where);
      else this.renderNote(answer.note.id);
    }
    this.renderOptions();
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

  async find(resume = false) {
    const answer = await this.link.send({ do: "find", query: this.query });
    if (!answer.ok) return this.refuse(answer);
    this.ids = answer.ids;
    await this.go(resume ? answer.first_unfinished : 0, false);
    if (!resume) this.say(this.t("found", { count: this.ids.length }));
  }

  // -------------------------------------------------------------- filters

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

  // -------------------------------------------------------------- notes

  get note() {
    return this.notes.get(this.ids[this.at]);
  }

  /** Show the note at a place in the selection; `focus` moves the keyboard to its text. */
  async go(where, focus = true) {
    const held = this.pane.contains(this.root.ownerDocument.activeElement) || focus;
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
    const { context } = note;
    const facts = [
      context.session,
      context.table && this.t("table", { name: context.table }),
      context.round && this.t("round", { name: context.round }),
      context.group,
      context.date && new Date(`${context.date}T12:00`).toLocaleDateString("nb-NO"),
      context.votes && this.t(context.votes === 1 ? "vote" : "votes", { count: context.votes }),
    ].filter(Boolean);
    const article = h(
      "article",
      {
        class: `note${active ? " active" : ""}${note.finished ? " done" : ""}`,
        "aria-label": this.t("note_of", { at: where + 1, count: this.ids.length }),
        "aria-current": active ? "true" : undefined,
        data: { id },
        on: { pointerdown: () => where !== this.at && this.activate(where) },
      },
      h(
        "header",
        {},
        h("p", { class: "facts" }, h("span", { text: this.t("note_of", { at: where + 1, count: this.ids.length }) }), ...facts.map((text) => h("span", { text }))),
        context.question ? h("p", { class: "question", text: context.question }) : null,
      ),
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

  // -------------------------------------------------------------- the text with its codes

  /** Spans to draw: own codings with letters, suggestions with a question mark, each on a line of its own. */
  marks(note) {
    const own = note.codings.map((coding, at) => ({ ...coding, label: letter(at), own: true }));
    const proposed = note.suggestions.map((one, at) => ({ ...one, label: "?", own: false, chosen: at === this.chosen }));
    const ends = [];
    return [...own, ...proposed].map((mark) => {
      if (mark.start === 0 && mark.end === note.points.length) return { ...mark, whole: true };
      let lane = ends.findIndex((end) => end <= mark.start);
      if (lane < 0) lane = ends.length;
      ends[lane] = mark.end;
      return { ...mark, lane };
    });
  }

  textOf(note, active) {
    const marks = this.marks(note);
    const whole = marks.filter((mark) => mark.whole);
    const spans = marks.filter((mark) => !mark.whole);
    const lanes = Math.max(0, ...spans.map((mark) => mark.lane + 1));
    const selected = active ? this.selection() : null;
    const text = h("div", {
      class: "text",
      role: "application",
      "aria-roledescription": this.t("text_role"),
      "aria-label": this.t("text_label", { text: note.text }),
      tabindex: active ? "0" : "-1",
      data: { focus: "text" },
      on: {
        pointerdown: (event) => this.press(event, note),
        pointermove: (event) => this.drag(event, note),
        pointerup: () => (this.pressed = false),
        dblclick: () => this.selectUnit(),
        focus: () => this.ids[this.at] !== note.id && this.activate(this.ids.indexOf(note.id)),
        copy: (event) => {
          event.clipboardData.setData("text/plain", this.quote());
          event.preventDefault();
        },
      },
    });
    text.style.setProperty("--lanes", lanes);
    const piece = (start, end, token) => {
      if (start >= end) return;
      const span = h("span", { class: token === undefined ? "gap" : "word", text: note.points.slice(start, end).join("") });
      if (token !== undefined) span.dataset.token = token;
      const over = spans.filter((mark) => mark.start <= start && end <= mark.end);
      if (over.length) this.underline(span, over);
      if (selected && selected.start <= start && end <= selected.end) span.classList.add("selected");
      if (active && token === this.cursor) span.classList.add("cursor");
      text.append(span);
      for (const mark of over) if (mark.end === end) text.append(this.pill(mark));
    };
    let from = 0;
    note.tokens.forEach((token, at) => {
      piece(from, token.start);
      piece(token.start, token.end, at);
      from = token.end;
    });
    piece(from, note.points.length);
    const brackets = h("div", { class: "brackets", "aria-hidden": "true" });
    for (const mark of whole) {
      const bracket = h("span", { class: mark.own ? "bracket" : "bracket dashed" }, this.pill(mark));
      if (mark.own) bracket.style.setProperty("--code", this.colour(mark.code));
      brackets.append(bracket);
    }
    return h("div", { class: "textbox" }, whole.length ? brackets : null, text);
  }

  underline(span, marks) {
    const lines = marks.map((mark) => {
      const colour = mark.own ? this.colour(mark.code) : mark.chosen ? "var(--accent)" : "var(--muted)";
      const paint = mark.own ? `linear-gradient(${colour},${colour})` : `repeating-linear-gradient(90deg,${colour} 0 5px,transparent 5px 9px)`;
      return `${paint} 0 calc(1.35em + ${mark.lane * 5}px) / 100% 3px no-repeat`;
    });
    span.style.background = lines.join(",");
    span.classList.add("lined");
  }

  pill(mark) {
    const pill = h("span", { class: mark.own ? "pill" : "pill dashed", text: mark.label, "aria-hidden": "true" });
    if (mark.own) pill.style.setProperty("--code", this.colour(mark.code));
    return pill;
  }

  quoteOf(note, { start, end }) {
    if (start === 0 && end === note.points.length) return this.t("whole");
    return `«${note.points.slice(start, end).join("")}»`;
  }

  codingsOf(note, active) {
    if (!note.codings.length) return active ? h("p", { class: "muted", text: this.t("no_codings") }) : null;
    const items = note.codings.map((coding, at) => {
      const name = this.code.get(coding.code)?.name ?? coding.code;
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
      const name = this.code.get(one.code)?.name ?? one.code;
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

  // -------------------------------------------------------------- selecting

  /** The selected span in code points, widened to whole units when asked for; null: nothing selected. */
  selection() {
    const note = this.note;
    if (this.anchor === null || !note?.tokens.length) return null;
    const [a, b] = [this.anchor, this.cursor].sort((x, y) => x - y);
    const span = { start: note.tokens[a].start, end: note.tokens[b].end };
    return this.byUnit ? this.widen(note, span) : span;
  }

  widen(note, span) {
    const touched = note.units.filter(([start, end]) => start < span.end && span.start < end);
    return {
      start: Math.min(span.start, ...touched.map(([start]) => start)),
      end: Math.max(span.end, ...touched.map(([, end]) => end)),
    };
  }

  target() {
    return this.selection() ?? { start: 0, end: this.note.points.length };
  }

  quote() {
    const { start, end } = this.target();
    return this.note.points.slice(start, end).join("");
  }

  press(event, note) {
    if (event.button !== 0) return;
    const token = event.target.closest("[data-token]");
    event.currentTarget.focus({ preventScroll: true });
    if (this.ids[this.at] !== note.id) return;
    if (!token) return this.select(this.cursor, null);
    const at = Number(token.dataset.token);
    const again = !event.shiftKey && this.anchor === at && this.cursor === at;
    this.pressed = true;
    this.select(at, event.shiftKey && this.anchor !== null ? this.anchor : again ? null : at);
    event.preventDefault();
  }

  drag(event, note) {
    if (!this.pressed || !event.buttons || this.ids[this.at] !== note.id) return;
    const token = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("[data-token]");
    if (token && event.currentTarget.contains(token) && Number(token.dataset.token) !== this.cursor) {
      this.select(Number(token.dataset.token), this.anchor ?? this.cursor);
    }
  }

  /** Put the cursor on a token and the selection from `anchor` to it; show and say it without drawing anew. */
  select(cursor, anchor) {
    const note = this.note;
    if (!note.tokens.length) return;
    this.cursor = Math.max(0, Math.min(cursor, note.tokens.length - 1));
    this.anchor = anchor;
    const selected = this.selection();
    const text = this.pane.querySelector("article.active .text");
    let from = 0;
    for (const span of text.querySelectorAll(".word, .gap")) {
      const to = from + [...span.textContent].length;
      span.classList.toggle("selected", Boolean(selected && selected.start <= from && to <= selected.end));
      span.classList.toggle("cursor", Number(span.dataset.token ?? -1) === this.cursor);
      from = to;
    }
    this.renderTarget();
    this.say(selected ? this.t("selected", { quote: this.quote() }) : note.tokens[this.cursor].text);
  }

  selectUnit() {
    const note = this.note;
    const span = this.widen(note, note.tokens[this.cursor]);
    const inside = note.tokens.flatMap((token, at) => (token.start >= span.start && token.end <= span.end ? [at] : []));
    if (inside.length) this.select(inside.at(-1), inside[0]);
  }

  /** The token that an arrow leads to: by word, or to the first word of the unit before or after. */
  neighbour(by, units) {
    const note = this.note;
    if (!units) return this.cursor + by;
    const position = note.tokens[this.cursor].start;
    const mine = note.units.findIndex(([start, end]) => start <= position && position < end);
    const unit = note.units[Math.max(0, Math.min(mine + by, note.units.length - 1))];
    const found = note.tokens.findIndex((token) => token.start >= unit[0]);
    return found < 0 ? this.cursor : found;
  }

  moveInText(event) {
    const last = this.note.tokens.length - 1;
    const to = {
      ArrowLeft: () => this.neighbour(-1, this.byUnit),
      ArrowRight: () => this.neighbour(1, this.byUnit),
      ArrowUp: () => this.neighbour(-1, true),
      ArrowDown: () => this.neighbour(1, true),
      Home: () => 0,
      End: () => last,
    }[event.key];
    if (!to || last < 0) return false;
    this.select(to(), event.shiftKey ? (this.anchor ?? this.cursor) : null);
    return true;
  }

  focusText() {
    this.pane.querySelector("article.active .text")?.focus({ preventScroll: true });
  }

  // -------------------------------------------------------------- codes

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
    this.codePane.replaceChildren(...(this.usable.length ? [this.targetLine, this.field, this.options, this.info] : [empty]));
    this.renderOptions(true);
  }

  renderTarget() {
    if (!this.targetLine) return;
    this.targetLine.replaceChildren(
      ...(this.note ? [h("b", { text: this.t("target") }), " ", h("span", { text: this.selection() ? `«${this.quote()}»` : this.t("whole") })] : []),
    );
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
      const heading = searching ? this.t("hits") : at < recent ? this.t("recent") : code.above.join(" › ");
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

  // -------------------------------------------------------------- acts

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
    this.say(`${this.code.get(one.code)?.name ?? one.code}. ${one.reason}`);
  }

  // -------------------------------------------------------------- dialogs

  open(title, ...content) {
    const heading = h("h3", { text: title, id: `kafe-dialog-${uuid()}` });
    this.back = document.activeElement?.dataset.focus ?? "text";
    this.dialog.setAttribute("aria-labelledby", heading.id);
    this.dialog.replaceChildren(heading, ...content);
    this.dialog.onclose = () => {
      (this.pane.querySelector(`article.active [data-focus="${this.back}"]`) ?? this.pane.querySelector(".text"))?.focus();
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

  askMemo(about, what) {
    const note = this.note;
    if (!note) return;
    const name = about === "coding" ? this.code.get(what.code)?.name ?? what.code : what?.name;
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

  showHelp() {
    const rows = Object.entries(this.words)
      .filter(([key]) => key.startsWith("key_"))
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
      this.t("help_title"),
      h("p", { text: this.t("help_intro") }),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.t("help_title") }, h("table", {}, h("tbody", {}, ...rows))),
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

  textKey(event) {
    if (event.key === " ") this.select(this.cursor, this.anchor === null ? this.cursor : null);
    else if (event.key === "Escape") this.select(this.cursor, null);
    else if (event.key === "Enter") this.field?.focus();
    else return this.moveInText(event);
    return true;
  }

  letterKey(event, target) {
    if (/^[1-9]$/.test(event.key)) {
      const code = this.recent?.[Number(event.key) - 1];
      if (code) this.put(code);
      else this.say(this.t("no_recent", { key: event.key }));
      return true;
    }
    const coding = this.note?.codings.find((one) => one.id === target.dataset.coding);
    const acts = {
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
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
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

export default {
  render({ model, el }) {
    const bench = new Bench(model, el);
    return () => bench.close();
  },
};
