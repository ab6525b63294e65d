// A note's text with what is put on it.

class TextView extends Frame {
  get note() {
    return this.notes.get(this.ids[this.at]);
  }

  /** Give each span a line of its own where they overlap; what covers the whole note is a bracket. */
  lay(note, marks) {
    const ends = [];
    return marks.map((mark) => {
      if (mark.start === 0 && mark.end === note.points.length) return { ...mark, whole: true };
      let lane = ends.findIndex((end) => end <= mark.start);
      if (lane < 0) lane = ends.length;
      ends[lane] = mark.end;
      return { ...mark, lane };
    });
  }

  headOf(note, ...first) {
    const { context } = note;
    const facts = [
      ...first,
      context.session,
      context.table && this.t("table", { name: context.table }),
      context.round && this.t("round", { name: context.round }),
      context.group,
      context.date && new Date(`${context.date}T12:00`).toLocaleDateString("nb-NO"),
      context.votes && this.t(context.votes === 1 ? "vote" : "votes", { count: context.votes }),
    ].filter(Boolean);
    return h(
      "header",
      {},
      h("p", { class: "facts" }, ...facts.map((text) => h("span", { text }))),
      context.question ? h("p", { class: "question", text: context.question }) : null,
    );
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
        focus: () => this.note?.id !== note.id && this.activate(this.ids.indexOf(note.id)),
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
      if (mark.own) bracket.style.setProperty("--code", this.shade(mark));
      brackets.append(bracket);
    }
    return h("div", { class: "textbox" }, whole.length ? brackets : null, text);
  }

  shade(mark) {
    return mark.colour ?? this.colour(mark.code);
  }

  underline(span, marks) {
    const lines = marks.map((mark) => {
      const colour = mark.own ? this.shade(mark) : mark.chosen ? "var(--accent)" : "var(--muted)";
      const paint = mark.own ? `linear-gradient(${colour},${colour})` : `repeating-linear-gradient(90deg,${colour} 0 5px,transparent 5px 9px)`;
      return `${paint} 0 calc(1.35em + ${mark.lane * 5}px) / 100% 3px no-repeat`;
    });
    span.style.background = lines.join(",");
    span.classList.add("lined");
  }

  pill(mark) {
    const pill = h("span", { class: mark.own ? "pill" : "pill dashed", text: mark.label, "aria-hidden": "true" });
    if (mark.own) pill.style.setProperty("--code", this.shade(mark));
    return pill;
  }

  quoteOf(note, { start, end }) {
    if (start === 0 && end === note.points.length) return this.t("whole");
    return `«${note.points.slice(start, end).join("")}»`;
  }
}
