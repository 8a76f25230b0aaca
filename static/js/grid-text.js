// Texts of the grid: blocks of cells as a spreadsheet copies them, and sentences to be filled in.

// Rows of cells from text divided by tabs and line ends; a cell in quotes may hold both.
export function parseBlock(text) {
  const rows = [[]];
  let cell = "", quoted = false, started = false;
  const close = () => { rows.at(-1).push(cell.replace(/\s+/g, " ").trim()); cell = ""; started = false; };
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let i = 0; i < source.length; i += 1) {
    const char = source[i];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (source[i + 1] === '"') { cell += char; i += 1; } else quoted = false;
    } else if (char === '"' && !started) { quoted = true; started = true; }
    else if (char === "\t") close();
    else if (char === "\n") { close(); rows.push([]); }
    else { cell += char; started = true; }
  }
  close();
  return rows;
}

export const printBlock = (rows) => rows.map((row) => row.join("\t")).join("\n");

export const fill = (sentence, values) =>
  sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// How a text looks when it is no plain value: the same looks as on the reading page.
export function lookOf(text) {
  if (text === "") return "empty";
  if (/^[-–—−]$/.test(text)) return "none";
  if (/^n\.?d\.?$/i.test(text)) return "nd";
  return /^monitoraggio$/i.test(text) ? "monitoring" : "";
}
