// The active cell: one field that goes where the person is. While moving its text is selected, so
// that typing replaces it; F2 (or a second click) writes in it.
import { parseBlock, printBlock } from "./grid-text.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const MOVING = "moving", REPLACING = "replacing", WRITING = "writing";

export class Editor {
  #mode = MOVING;
  #before = "";
  #isPlacing = false;

  // `on`: typed(key), written(steps), moved(), drawn(keys), say(text), undo(), redo(), keys().
  constructor(sheet, changes, words, on) {
    Object.assign(this, { sheet, changes, words, on });
    this.active = { row: 0, column: sheet.first };
    this.head = this.active;
    this.field = document.createElement("input");
    Object.assign(this.field, { type: "text", className: "cp-edit__field", autocomplete: "off", spellcheck: false });
    this.field.setAttribute("autocapitalize", "off");
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("input", () => this.#typed());
    this.field.addEventListener("focus", () => { if (this.#mode === MOVING) this.field.select(); });
    this.field.addEventListener("blur", () => { if (!this.#isPlacing) this.accept(); });
    for (const kind of ["copy", "cut"]) this.field.addEventListener(kind, (event) => this.#copy(event));
    this.field.addEventListener("paste", (event) => this.#paste(event));
    sheet.table.addEventListener("mousedown", (event) => this.#press(event));
    sheet.table.addEventListener("mouseover", (event) => this.#drag(event));
  }

  get key() { return this.sheet.key(this.active.row, this.active.column); }
  get isWriting() { return this.#mode !== MOVING; }
  get range() {
    const { active, head } = this;
    return {
      top: Math.min(active.row, head.row), bottom: Math.max(active.row, head.row),
      left: Math.min(active.column, head.column), right: Math.max(active.column, head.column),
    };
  }

  // Goes to a cell; what was being written is accepted first.
  go({ row, column }, { focus = true } = {}) {
    this.accept();
    const left = this.key;
    this.active = { row, column };
    this.head = this.active;
    this.#place(focus, left);
  }
  #place(focus, left) {
    this.#isPlacing = true;
    this.field.value = this.changes.text(this.key);
    this.on.drawn([left, this.key]);
    if (focus) {
      this.field.focus({ preventScroll: true });
      this.#reveal(this.active);
    }
    this.#isPlacing = false;
    this.sheet.choose(this.range);
    this.on.moved();
  }
  #reveal({ row, column }) {
    this.sheet.cell(row, column).scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // Ends writing: the text stays, as one step that can be undone.
  accept() {
    if (!this.isWriting) return;
    this.#mode = MOVING;
    const key = this.key;
    const text = this.field.value.trim();
    this.changes.put(key, text);
    this.changes.record([{ key, from: this.#before, to: text }]);
    this.field.value = text;
    this.on.written([key]);
  }
  #begin(mode) {
    this.#mode = mode;
    this.#before = this.changes.text(this.key);
  }
  #typed() {
    if (!this.isWriting) this.#begin(REPLACING);
    this.changes.put(this.key, this.field.value.trim());
    this.on.typed(this.key);
  }
  #restore() {
    this.#mode = MOVING;
    this.changes.put(this.key, this.#before);
    this.refresh();
    this.on.written([this.key]);
  }
  // Shows the text of the active cell as it now is.
  refresh() {
    this.field.value = this.changes.text(this.key);
    if (document.activeElement === this.field && !this.isWriting) this.field.select();
  }

  // Many cells at once: pasted, filled, emptied.
  write(wanted) {
    const steps = wanted.map(([key, text]) => ({ key, from: this.changes.text(key), to: text }));
    for (const { key, to } of steps) this.changes.put(key, to);
    this.changes.record(steps);
    this.refresh();
    this.on.written(steps.map(({ key }) => key));
  }

  paste(text) {
    this.accept();
    const block = parseBlock(text);
    const { sheet, range } = this;
    const isOne = block.length === 1 && block[0].length === 1;
    const area = isOne ? range : {
      top: range.top, left: range.left,
      bottom: Math.min(range.top + block.length - 1, sheet.bottom),
      right: Math.min(range.left + Math.max(...block.map((row) => row.length)) - 1, sheet.right),
    };
    const wanted = [];
    for (const { row, column } of sheet.within(area)) {
      const cell = isOne ? block[0][0] : block[row - area.top][column - area.left];
      if (cell !== undefined) wanted.push([sheet.key(row, column), cell]);
    }
    const outside = isOne ? 0 : block.flat().length - wanted.length;
    this.head = { row: area.bottom, column: area.right };
    if (range.top !== this.active.row || range.left !== this.active.column) {
      const left = this.key;
      this.active = { row: range.top, column: range.left };
      this.#place(true, left);
    }
    this.write(wanted);
    sheet.choose(this.range);
    this.on.say(this.words.pasted(wanted.length, outside));
  }
  fillDown() {
    this.accept();
    const { top, bottom, left, right } = this.range;
    const from = top === bottom ? top - 1 : top;
    if (from < 0) return;
    const cells = [...this.sheet.within({ top: from + 1, bottom, left, right })];
    this.write(cells.map(({ row, column }) => [this.sheet.key(row, column), this.changes.text(this.sheet.key(from, column))]));
    this.on.say(this.words.filled(cells.length));
  }
  #empty() {
    this.write([...this.sheet.within(this.range)].map(({ row, column }) => [this.sheet.key(row, column), ""]));
  }
  #copy(event) {
    if (this.isWriting) return;
    event.preventDefault();
    const { top, bottom, left, right } = this.range;
    const rows = [];
    for (let row = top; row <= bottom; row += 1) {
      const cells = [...this.sheet.within({ top: row, bottom: row, left, right })];
      rows.push(cells.map((cell) => this.changes.text(this.sheet.key(cell.row, cell.column))));
    }
    event.clipboardData.setData("text/plain", printBlock(rows));
    if (event.type === "cut") this.#empty();
  }
  #paste(event) {
    const text = event.clipboardData.getData("text/plain");
    if (this.isWriting && !/[\t\n\r]/.test(text)) return;
    event.preventDefault();
    if (text) this.paste(text);
  }

  #press(event) {
    const spot = this.sheet.spot(event.target);
    if (!spot || event.button !== 0) return;
    if (event.target === this.field) {
      if (!this.isWriting && document.activeElement === this.field) this.#begin(WRITING);
      return;
    }
    event.preventDefault();
    if (event.shiftKey) this.#extend(spot);
    else this.go(spot);
  }
  #drag(event) {
    if (event.buttons !== 1 || this.isWriting || document.activeElement !== this.field) return;
    const spot = this.sheet.spot(event.target);
    if (spot) this.#extend(spot, { reveal: false });
  }
  #extend(spot, { reveal = true } = {}) {
    this.accept();
    if (spot.row === this.head.row && spot.column === this.head.column) return;
    this.head = spot;
    this.sheet.choose(this.range);
    if (reveal) this.#reveal(spot);
    const { top, bottom, left, right } = this.range;
    this.on.say(this.words.range(bottom - top + 1, right - left + 1));
  }

  #step([down, right], from, isFar) {
    const { sheet } = this;
    const within = (value, low, high) => Math.min(Math.max(value, low), high);
    const far = isFar ? Infinity : 1;
    return {
      row: within(from.row + (down ? down * far : 0), 0, sheet.bottom),
      column: within(from.column + (right ? right * far : 0), sheet.left, sheet.right),
    };
  }
  #key(event) {
    if (event.isComposing) return;
    const { key, shiftKey } = event;
    const isControl = event.ctrlKey || event.metaKey;
    const done = this.#arrow(key, shiftKey, isControl)
      || (isControl ? this.#control(key.toLowerCase(), shiftKey) : this.#plain(key, shiftKey))
      || this.#edge(key, isControl);
    if (done) event.preventDefault();
  }
  #arrow(key, shiftKey, isControl) {
    if (!(key in ARROWS) || this.#mode === WRITING) return false;
    if (shiftKey && !this.isWriting) this.#extend(this.#step(ARROWS[key], this.head, isControl));
    else this.go(this.#step(ARROWS[key], this.active, isControl));
    return true;
  }
  #edge(key, isControl) {
    if (!["Home", "End"].includes(key) || this.isWriting) return false;
    const { sheet, active } = this;
    const column = key === "Home" ? sheet.left : sheet.right;
    const row = isControl ? (key === "Home" ? 0 : sheet.bottom) : active.row;
    this.go({ row, column });
    return true;
  }
  #control(key, shiftKey) {
    if (key === "d") this.fillDown();
    else if (this.isWriting) return false;
    else if (key === "y" || (key === "z" && shiftKey)) this.on.redo();
    else if (key === "z") this.on.undo();
    else return false;
    return true;
  }
  #plain(key, shiftKey) {
    if (key === "Enter") this.go(this.#step([shiftKey ? -1 : 1, 0], this.active, false));
    else if (key === "Tab") return this.#tab(shiftKey ? -1 : 1);
    else if (key === "F2") this.#toggle();
    else if (key === "Escape") this.#escape();
    else if (this.isWriting) return false;
    else if (["Delete", "Backspace"].includes(key)) this.#empty();
    else if (key === "?") this.on.keys();
    else return false;
    return true;
  }
  #tab(by) {
    const { sheet, active } = this;
    const column = active.column + by;
    if (column >= sheet.left && column <= sheet.right) this.go({ row: active.row, column });
    else if (active.row + by >= 0 && active.row + by <= sheet.bottom) {
      this.go({ row: active.row + by, column: by > 0 ? sheet.left : sheet.right });
    } else return false;
    return true;
  }
  #toggle() {
    if (this.isWriting) { this.accept(); this.field.select(); return; }
    this.#begin(WRITING);
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }
  #escape() {
    if (this.isWriting) this.#restore();
    else { this.head = this.active; this.sheet.choose(this.range); }
  }
}
