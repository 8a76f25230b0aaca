// A column from a spreadsheet, line by line into the rows from the first downwards. The same rules
// as strategy/pasted_column.py, which reads it where there is no script.

const YES_NO = new Map([["si", "SI"], ["sì", "SI"], ["s", "SI"], ["x", "SI"], ["no", "NO"], ["n", "NO"]]);

function fieldsOf(row, cells) {
  if (row.entry !== "ratio") return { value: row.entry === "yes_no" ? (YES_NO.get(cells[0].toLowerCase()) ?? cells[0]) : cells[0] };
  const parts = cells.length === 1 && cells[0].includes("/") ? cells[0].split(/\/(.*)/s, 2).map((part) => part.trim()) : cells;
  return { numerator: parts[0], denominator: parts[1] ?? "" };
}

export function pastedRows(text, rows) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  const filled = [];
  lines.slice(0, rows.length).forEach((line, index) => {
    const cells = line.split("\t").map((cell) => cell.trim()).filter(Boolean);
    if (!cells.length) return;
    rows[index].write(fieldsOf(rows[index], cells));
    filled.push(rows[index]);
  });
  return { filled, outside: lines.slice(rows.length).filter((line) => line.trim()).length };
}
