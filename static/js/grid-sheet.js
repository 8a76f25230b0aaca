// The table as a sheet: places, names of cells, and how a cell looks.
import { lookOf } from "./grid-text.js";

const STATES = ["changed", "wrong", "conflict", "asked"];

export class Sheet {
  #drawn = new Map();

  constructor(table, words) {
    this.table = table;
    this.words = words;
    this.columns = [...table.querySelectorAll("thead th[data-c]")].map((head) => ({
      code: head.dataset.c, label: head.textContent.trim(), isOpen: "open" in head.dataset,
    }));
    this.rows = [...table.querySelectorAll("tr[data-i]")];
    this.places = new Map(this.rows.map((row, place) => [row.dataset.i, place]));
    const open = this.columns.map((column, place) => (column.isOpen ? place : -1)).filter((place) => place >= 0);
    this.left = open[0];
    // Where the work begins: the first target that is open.
    this.first = this.columns.findIndex(({ code, isOpen }) => isOpen && code[0] === "t");
    if (this.first < 0) this.first = this.left;
    this.right = open.at(-1);
    this.bottom = this.rows.length - 1;
  }

  key(row, column) {
    const { code } = this.columns[column];
    return `${code[0]}${this.rows[row].dataset.i}-${code.slice(1)}`;
  }
  at(key) {
    const [, kind, indicator, year] = /^([ta])(\d+)-(\d{4})$/.exec(key) ?? [];
    const row = this.places.get(indicator);
    const column = this.columns.findIndex((one) => one.isOpen && one.code === kind + year);
    return row === undefined || column < 0 ? null : { row, column };
  }
  cell(row, column) {
    const { cells } = this.rows[row];
    return cells[cells.length - this.columns.length + column];
  }
  cellOf(key) {
    const { row, column } = this.at(key);
    return this.cell(row, column);
  }
  // The open cell that a node lies in.
  spot(node) {
    const cell = node.closest?.("td.cp-edit");
    if (!cell || cell.closest("table") !== this.table) return null;
    const line = cell.parentElement;
    return { row: this.places.get(line.dataset.i), column: cell.cellIndex - line.cells.length + this.columns.length };
  }
  read(key) {
    const cell = this.cellOf(key);
    return cell.dataset.t ?? cell.textContent.trim();
  }
  indicator(row) { return this.rows[row].querySelector("th").firstChild.textContent.trim(); }
  objective(row) {
    let line = this.rows[row];
    while (line && line.dataset.o === undefined) line = line.previousElementSibling;
    return line?.dataset.o ?? "";
  }
  // The text of the last result before the year of a column.
  last(row, column, textOf) {
    const year = Number(this.columns[column].code.slice(1));
    for (let place = column - 1; place >= 0; place -= 1) {
      const { code } = this.columns[place];
      if (code[0] === "a" && Number(code.slice(1)) < year) return { year: code.slice(1), text: textOf(this.key(row, place)) };
    }
    return null;
  }

  // `state`: text, was, isChanged, mark (wrong, conflict, asked), words of the state, field when active.
  draw(key, { text, was, isChanged, mark, told, field }) {
    const cell = this.cellOf(key);
    if (!this.#drawn.has(key)) this.#drawn.set(key, { nodes: [...cell.childNodes], text: this.read(key) });
    const first = this.#drawn.get(key);
    for (const state of STATES) cell.classList.toggle(`cp-edit--${state}`, state === mark || (state === "changed" && isChanged));
    cell.classList.toggle("cp-edit--active", Boolean(field));
    for (const look of ["empty", "none", "nd", "monitoring"]) cell.classList.toggle(`cp-v--${look}`, look === lookOf(text));
    const notes = isChanged ? [this.#note("cp-was", this.words.was(was)), ...(told ? [this.#note("visually-hidden", told)] : [])] : [];
    if (field && field.parentElement === cell) {
      // Never taken out while someone writes in it.
      for (const node of [...cell.childNodes]) if (node !== field) node.remove();
      cell.append(...notes);
    } else if (field) cell.replaceChildren(field, ...notes);
    else if (!isChanged && first.text === text) cell.replaceChildren(...first.nodes);
    else cell.replaceChildren(...this.#shown(text), ...notes);
  }
  #shown(text) {
    if (text) return [document.createTextNode(text)];
    const span = document.createElement("span");
    span.textContent = this.words.empty;
    return [span];
  }
  #note(name, text) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  }

  choose(range) {
    for (const cell of this.table.querySelectorAll(".cp-edit--chosen")) cell.classList.remove("cp-edit--chosen");
    if (range.top === range.bottom && range.left === range.right) return;
    for (const { row, column } of this.within(range)) this.cell(row, column).classList.add("cp-edit--chosen");
  }
  *within({ top, bottom, left, right }) {
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) yield { row, column };
    }
  }
}
