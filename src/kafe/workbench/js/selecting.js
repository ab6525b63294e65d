// The cursor in a note's text, and the words it marks.

class Selecting extends TextView {
  cursor = 0;
  anchor = null; // token where the selection began; null: nothing selected
  byUnit = false;

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

  quote() {
    const { start, end } = this.target();
    return this.note.points.slice(start, end).join("");
  }

  press(event, note) {
    if (event.button !== 0) return;
    const token = event.target.closest("[data-token]");
    event.currentTarget.focus({ preventScroll: true });
    if (this.note?.id !== note.id) return;
    if (!token) return this.select(this.cursor, null);
    const at = Number(token.dataset.token);
    const again = !event.shiftKey && this.anchor === at && this.cursor === at;
    this.pressed = true;
    this.select(at, event.shiftKey && this.anchor !== null ? this.anchor : again ? null : at);
    event.preventDefault();
  }

  drag(event, note) {
    if (!this.pressed || !event.buttons || this.note?.id !== note.id) return;
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

  /** The element that points out what is marked. */
  renderTarget() {
    this.targetLine?.replaceChildren(
      ...(this.note ? [h("b", { text: this.t("target") }), " ", h("span", { text: this.selection() ? `«${this.quote()}»` : this.unmarked() })] : []),
    );
  }

  textKey(event) {
    if (event.key === " ") this.select(this.cursor, this.anchor === null ? this.cursor : null);
    else if (event.key === "Escape") this.select(this.cursor, null);
    else if (event.key === "Enter") this.enter();
    else return this.moveInText(event);
    return true;
  }
}
