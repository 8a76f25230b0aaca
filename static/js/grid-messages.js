// What stands under a row: the cell that cannot be read, the two texts of a conflict, the question
// that a target worse than the last result puts. A row of messages counts in the action's height.

const KINDS = { notation: "wrong", closed: "wrong", conflict: "conflict", reason: "ask" };
export const MARKS = { notation: "wrong", closed: "wrong", conflict: "conflict", reason: "asked" };

export class Messages {
  #rows = new Map();

  // `on`: pick(key, which), explain(key, text), leave(key).
  constructor(sheet, words, on) {
    Object.assign(this, { sheet, words, on });
  }

  // `told`: of each cell of the row its key, entry and verdict, where there is something to say.
  show(row, told) {
    const wanted = told.filter(({ verdict }) => verdict.fault || verdict.asks);
    if (!wanted.length) return this.#remove(row);
    const holder = this.#rows.get(row) ?? this.#add(row);
    const kept = new Set(wanted.map(({ key, verdict }) => `${key} ${this.#kind(verdict)}`));
    for (const child of [...holder.children]) if (!kept.has(child.dataset.is)) child.remove();
    for (const one of wanted) this.#put(holder, one);
    return undefined;
  }

  #kind(verdict) { return verdict.asks ? "ask" : KINDS[verdict.fault]; }

  #put(holder, { key, entry, verdict, label }) {
    const kind = this.#kind(verdict);
    let message = [...holder.children].find((child) => child.dataset.is === `${key} ${kind}`);
    if (!message) {
      message = document.getElementById(`grid-message-${kind}`).content.firstElementChild.cloneNode(true);
      message.dataset.is = `${key} ${kind}`;
      message.id = `m-${key}`;
      this.#listen(message, key);
      holder.append(message);
    }
    const or = (text) => text || this.words.blank;
    const texts = {
      place: `${label}:`, text: verdict.message || verdict.asks, mine: or(entry.text), saved: or(verdict.saved),
      author: verdict.who || verdict.when ? this.words.author(verdict.who, verdict.when) : "",
    };
    for (const slot of message.querySelectorAll("[data-slot]")) slot.textContent = texts[slot.dataset.slot];
    const field = message.querySelector("input");
    if (field) {
      field.id = `why-${key}`;
      message.querySelector("label").htmlFor = field.id;
      if (field.value !== entry.reason && document.activeElement !== field) field.value = entry.reason;
    }
    for (const button of message.querySelectorAll("[data-pick]")) {
      const isMine = button.dataset.pick === "mine";
      button.textContent = isMine ? this.words.keep(or(entry.text)) : this.words.take(or(verdict.saved));
    }
  }

  #listen(message, key) {
    message.addEventListener("click", ({ target }) => {
      const which = target.closest("[data-pick]")?.dataset.pick;
      if (which) this.on.pick(key, which);
    });
    message.addEventListener("input", ({ target }) => this.on.explain(key, target.value));
    message.addEventListener("keydown", (event) => {
      if (event.target.matches("input") && ["Enter", "Escape"].includes(event.key)) {
        event.preventDefault();
        this.on.leave(key);
      }
    });
  }

  #add(row) {
    const line = document.createElement("tr");
    line.className = "cp-cellmsgs";
    line.setAttribute("role", "row");
    const cell = line.insertCell();
    cell.colSpan = this.sheet.columns.length + 2;
    cell.setAttribute("role", "gridcell");
    this.sheet.rows[row].after(line);
    this.#heighten(row, 1);
    this.#rows.set(row, cell);
    return cell;
  }
  #remove(row) {
    const cell = this.#rows.get(row);
    if (!cell) return;
    cell.parentElement.remove();
    this.#rows.delete(row);
    this.#heighten(row, -1);
  }
  #heighten(row, by) {
    let line = this.sheet.rows[row];
    while (line && !line.querySelector(":scope > .cp-cell-action")) line = line.previousElementSibling;
    const action = line?.querySelector(":scope > .cp-cell-action");
    if (action) action.rowSpan += by;
  }
}
