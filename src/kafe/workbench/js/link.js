// Commands and answers: nothing is shown as done before the answer says that it is stored.

const LATE = 4000; // ms without an answer before the coder is told
const AGAIN = [1000, 3000, 9000]; // ms before a command is sent again; a kernel that restarts loses messages
const RESENT = ["code", "uncode", "accept", "refuse", "memo", "finish", "unfinish", "settle", "discuss"];

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
    const place = `${this.model.get("view")} ${this.model.get("project")}`;
    if (!kept.has(place)) kept.set(place, new Map());
    return kept.get(place);
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
