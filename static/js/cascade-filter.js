// Which rows of the matrix are on the screen. What is hidden keeps its ticks and is saved with the rest.
import { fill } from "./grid-text.js";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export function filterRows(rows, table, words, { isChanged, isTicked, done }) {
  const controls = document.getElementById("cascade-filters");
  const query = document.getElementById("cascade-q");
  const objective = document.getElementById("cascade-objective");
  const show = document.getElementById("cascade-show");
  const kinds = { ente: (row) => !isTicked(row), changed: isChanged };
  const heads = [...table.querySelectorAll("tr[data-objective]")];
  let head = null;
  // Under which objective each row stands, and what is searched in it.
  const known = new Map();
  for (const line of table.querySelectorAll("tbody tr")) {
    if (heads.includes(line)) head = line;
    else if (line.dataset.i) {
      known.set(line, { head, text: plain(`${line.querySelector("th").textContent} ${line.dataset.action}`) });
    }
  }

  function apply() {
    const sought = plain(query.value.trim());
    const seen = rows.filter((row) => {
      const { head: above, text } = known.get(row.line);
      return text.includes(sought)
        && (!objective.value || above.dataset.objective === objective.value)
        && (!show.value || kinds[show.value](row));
    });
    const chosen = new Set(seen.map((row) => row.line));
    const above = new Set(seen.map((row) => known.get(row.line).head));
    for (const { line, id } of rows) {
      line.hidden = !chosen.has(line);
      const message = table.querySelector(`[data-of="${id}"]`);
      if (message) message.hidden = line.hidden;
    }
    for (const line of heads) line.hidden = !above.has(line);
    const told = seen.length ? fill(words.shown, { n: seen.length, all: rows.length }) : words.noneShown;
    document.getElementById("cascade-shown").textContent = told;
    done();
  }

  controls.hidden = false;
  if (matchMedia("(min-width: 821px)").matches && !CSS.supports("selector(::details-content)")) controls.open = true;
  query.addEventListener("input", apply);
  objective.addEventListener("change", apply);
  show.addEventListener("change", apply);
  apply();
}
