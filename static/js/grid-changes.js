// What was written and is not saved yet: with undo and redo, and kept for the tab, so that a
// session that ends, or a page loaded again, loses nothing.

const DEPTH = 500;

export class Changes {
  #base = new Map();
  #now = new Map();
  #done = [];
  #undone = [];
  #timer = 0;

  // `name` says where and whose the texts are; `read(key)` is the text a cell has on the page.
  constructor(name, read) {
    Object.assign(this, { name, read });
    addEventListener("pagehide", () => this.#store());
  }

  get size() { return this.#now.size; }
  keys() { return [...this.#now.keys()]; }
  has(key) { return this.#now.has(key); }
  base(key) {
    if (!this.#base.has(key)) this.#base.set(key, this.read(key));
    return this.#base.get(key);
  }
  text(key) { return this.#now.get(key)?.text ?? this.base(key); }
  entry(key) {
    const known = this.#now.get(key);
    const base = this.base(key);
    return known ? { key, ...known } : { key, text: base, was: base, reason: "" };
  }

  put(key, text) {
    const { was, reason } = this.entry(key);
    if (text === was) this.#now.delete(key);
    else this.#now.set(key, { text, was, reason });
    this.#keep();
  }
  explain(key, reason) {
    const known = this.#now.get(key);
    if (known) known.reason = reason;
    this.#keep();
  }

  // Somebody else saved another text: ours goes on from it, or gives way to it.
  rebase(key, saved) {
    const { text, reason } = this.entry(key);
    this.#base.set(key, saved);
    this.#now.delete(key);
    if (text !== saved) this.#now.set(key, { text, was: saved, reason });
    this.#keep();
  }
  give(key, saved) {
    this.#base.set(key, saved);
    this.#now.delete(key);
    this.#keep();
  }
  // What was sent is saved; what was written since goes on from there.
  settle(sent) {
    for (const { key, text } of sent) this.rebase(key, text);
    this.#done = [];
    this.#undone = [];
    this.#store();
  }

  record(steps) {
    const real = steps.filter((step) => step.from !== step.to);
    if (!real.length) return;
    this.#done.push(real);
    if (this.#done.length > DEPTH) this.#done.shift();
    this.#undone = [];
  }
  undo() { return this.#turn(this.#done, this.#undone, "from"); }
  redo() { return this.#turn(this.#undone, this.#done, "to"); }
  #turn(source, other, side) {
    const steps = source.pop();
    if (!steps) return [];
    other.push(steps);
    for (const step of steps) this.put(step.key, step[side]);
    return steps.map((step) => step.key);
  }

  #keep() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#store(), 120);
  }
  #store() {
    clearTimeout(this.#timer);
    try {
      if (!this.size) sessionStorage.removeItem(this.name);
      else sessionStorage.setItem(this.name, JSON.stringify([...this.#now]));
    } catch { /* No room or no permission: the page still warns before it is left. */ }
  }
  // Puts back what the tab kept for this person; gives the keys of the cells.
  restore(isCell) {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(this.name)); } catch { /* damaged: nothing is kept */ }
    for (const [key, entry] of Array.isArray(kept) ? kept : []) {
      if (isCell(key) && this.base(key) !== entry.text) this.#now.set(key, entry);
    }
    return this.keys();
  }
}
