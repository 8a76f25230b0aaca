// The rich text itself: what it may hold (the same that the server keeps), how it is read and
// written as HTML, and the format bar. The engine is Tiptap, in one module of its own.

import { cleanPasted } from "./editor-paste.js";

const PICTURES = "/media/sections/";

function schema(engine) {
  const picture = engine.Node.create({
    name: "picture",
    group: "inline",
    inline: true,
    draggable: true,
    addAttributes: () => ({ src: {}, alt: {} }),
    parseHTML: () => [{
      tag: "img[src]",
      getAttrs: (image) => {
        const alt = (image.getAttribute("alt") || "").trim();
        return image.getAttribute("src").startsWith(PICTURES) && alt ? null : false;
      },
    }],
    renderHTML: ({ HTMLAttributes }) => ["img", HTMLAttributes],
  });
  const table = engine.Table.extend({
    addAttributes: () => ({
      caption: {
        default: "",
        parseHTML: (element) => element.querySelector("caption")?.textContent.trim() || "",
        rendered: false,
      },
    }),
    renderHTML: ({ node }) => {
      const caption = node.attrs.caption ? [["caption", {}, node.attrs.caption]] : [];
      return ["table", {}, ...(caption.length ? caption : []), ["tbody", {}, 0]];
    },
    addNodeView: () => ({ node }) => tableView(node),
  });
  const plainList = engine.OrderedList.extend({ addAttributes: () => ({}), addNodeView: null });
  return [
    engine.Document, engine.Paragraph, engine.Text, engine.HardBreak, engine.Blockquote,
    engine.Heading.configure({ levels: [3, 4] }),
    engine.Bold, engine.Italic, engine.Subscript, engine.Superscript,
    engine.BulletList, plainList, engine.ListItem,
    engine.Link.configure({ openOnClick: false, autolink: false, protocols: ["http", "https", "mailto"] })
      .extend({ addKeyboardShortcuts: () => ({}) }),
    table.configure({ resizable: false }), engine.TableRow, engine.TableHeader, engine.TableCell,
    engine.History, engine.Gapcursor, engine.Dropcursor, picture,
  ];
}

// Drawn without the widths and styles that the engine would write.
function tableView(node) {
  const dom = document.createElement("table");
  const caption = document.createElement("caption");
  caption.contentEditable = "false";
  const contentDOM = document.createElement("tbody");
  const draw = (now) => {
    caption.textContent = now.attrs.caption;
    caption.hidden = !now.attrs.caption;
  };
  draw(node);
  dom.append(caption, contentDOM);
  return {
    dom,
    contentDOM,
    update: (now) => {
      if (now.type !== node.type) return false;
      draw(now);
      return true;
    },
    ignoreMutation: (change) => !contentDOM.contains(change.target) || change.target === contentDOM && change.type === "attributes",
  };
}

function unwrap(paragraph) {
  paragraph.replaceWith(...paragraph.childNodes);
}

// What is sent: header rows in a thead, scope on each header, no wrapping where one paragraph is all.
export function writtenHtml(editor) {
  if (editor.isEmpty) return "";
  const box = document.createElement("template");
  box.innerHTML = editor.getHTML();
  const root = box.content;
  for (const element of root.querySelectorAll("[class], [style], [colwidth]")) {
    for (const name of ["class", "style", "colwidth"]) element.removeAttribute(name);
  }
  for (const table of root.querySelectorAll("table")) writeHeaders(table);
  for (const cell of root.querySelectorAll("td, th")) {
    if (cell.children.length === 1 && cell.firstChild.nodeName === "P") unwrap(cell.firstChild);
  }
  for (const item of root.querySelectorAll("li")) {
    const [first, ...rest] = item.children;
    if (first?.nodeName === "P" && rest.every((one) => ["UL", "OL"].includes(one.nodeName))) unwrap(first);
  }
  return box.innerHTML;
}

function writeHeaders(table) {
  const body = table.querySelector("tbody");
  const rows = [...table.rows];
  const heads = rows.findIndex((row) => [...row.cells].some((cell) => cell.nodeName === "TD"));
  const count = heads === -1 ? 0 : heads;
  for (const cell of table.querySelectorAll("th")) {
    cell.setAttribute("scope", rows.indexOf(cell.parentNode) < count ? "col" : "row");
  }
  if (!count) return;
  const head = document.createElement("thead");
  head.append(...rows.slice(0, count));
  body.before(head);
}

function ask(name, values) {
  const dialog = document.querySelector(`[data-dialog="${name}"]`);
  const form = dialog.querySelector("form");
  for (const [field, value] of Object.entries(values)) form.elements[field].value = value;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answered) => {
    dialog.addEventListener("close", () => {
      answered(dialog.returnValue === "ok" ? Object.fromEntries(new FormData(form)) : null);
    }, { once: true });
  });
}

async function link(editor) {
  const given = await ask("link", { href: editor.getAttributes("link").href || "" });
  if (!given) return;
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!given.href) chain.unsetLink().run();
  else if (editor.state.selection.empty && !editor.isActive("link")) {
    chain.insertContent({ type: "text", text: given.href, marks: [{ type: "link", attrs: { href: given.href } }] }).run();
  } else chain.setLink({ href: given.href }).run();
}

async function newTable(editor) {
  const given = await ask("table", { caption: "" });
  if (!given) return;
  const [rows, cols] = [Number(given.rows), Number(given.columns)];
  editor.chain().focus().insertTable({ rows, cols, withHeaderRow: true }).toggleHeaderColumn()
    .updateAttributes("table", { caption: given.caption.trim() }).run();
}

async function caption(editor) {
  const given = await ask("caption", { caption: editor.getAttributes("table").caption || "" });
  if (given) editor.chain().focus().updateAttributes("table", { caption: given.caption.trim() }).run();
}

// The picture is sent first; the dialog stays open until the server has taken it.
export function pictureDialog(editor, token) {
  const dialog = document.querySelector('[data-dialog="picture"]');
  const form = dialog.querySelector("form");
  const problem = form.querySelector("[data-problem]");
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value !== "ok") return;
    event.preventDefault();
    problem.textContent = "";
    try {
      const answer = await fetch(form.dataset.add, {
        method: "POST", body: new FormData(form), headers: { "X-CSRFToken": token() },
      });
      const given = await answer.json();
      if (given.src) {
        dialog.close();
        editor.chain().focus().insertContent({ type: "picture", attrs: { src: given.src, alt: given.alt } }).run();
      } else problem.textContent = Object.values(given.problems || {}).flat().join(" ");
    } catch {
      problem.textContent = form.dataset.failed;
    }
  });
  return (file) => {
    form.reset();
    problem.textContent = "";
    if (file) {
      const files = new DataTransfer();
      files.items.add(file);
      form.elements.file.files = files.files;
    }
    dialog.showModal();
    if (file) form.elements.alt.focus();
  };
}

const COMMANDS = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  bullets: (chain) => chain.toggleBulletList(),
  numbers: (chain) => chain.toggleOrderedList(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
  rowAfter: (chain) => chain.addRowAfter(),
  columnAfter: (chain) => chain.addColumnAfter(),
  headerRow: (chain) => chain.toggleHeaderRow(),
  headerColumn: (chain) => chain.toggleHeaderColumn(),
  deleteRow: (chain) => chain.deleteRow(),
  deleteColumn: (chain) => chain.deleteColumn(),
  deleteTable: (chain) => chain.deleteTable(),
};
const PRESSED = { bold: "bold", italic: "italic", bullets: "bulletList", numbers: "orderedList", link: "link" };

function setStyle(editor, name) {
  const chain = editor.chain().focus();
  if (name === "p") chain.setParagraph().run();
  else chain.setHeading({ level: Number(name[1]) }).run();
}

// One stop of Tab; arrows move inside, as the ARIA practice for toolbars has it.
function rove(bar) {
  const stops = () => [...bar.querySelectorAll("select, button, a")].filter((one) => one.offsetParent);
  const stand = (one) => {
    for (const other of bar.querySelectorAll("select, button, a")) other.tabIndex = other === one ? 0 : -1;
  };
  stand(bar.querySelector("select"));
  bar.addEventListener("focusin", (event) => stand(event.target));
  bar.addEventListener("keydown", (event) => {
    const all = stops();
    const place = all.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const target = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : step && all.at((place + step) % all.length);
    if (!target) return;
    event.preventDefault();
    target.focus();
  });
}

export function writingOn(engine, { page, bar, html, label, token, onChange }) {
  let choosePicture = () => {};
  const editor = new engine.Editor({
    element: page,
    extensions: schema(engine),
    content: html,
    injectCSS: false,
    editorProps: {
      // The line being written stays clear of both bars.
      scrollMargin: { top: 70, right: 5, bottom: 110, left: 5 },
      scrollThreshold: { top: 60, right: 0, bottom: 100, left: 0 },
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label, id: "page", class: "cp-text__body" },
      transformPastedHTML: cleanPasted,
      handlePaste: (_view, event) => {
        const data = event.clipboardData;
        const file = [...(data?.files || [])].find((one) => one.type.startsWith("image/"));
        if (!file || data.types.includes("text/html")) return false;
        choosePicture(file);
        return true;
      },
      handleKeyDown: (_view, event) => {
        if (event.key !== "Escape") return false;
        bar.querySelector("[tabindex='0']").focus();
        return true;
      },
    },
    onUpdate: () => onChange(),
    onTransaction: () => show(),
  });
  choosePicture = pictureDialog(editor, token);
  const style = bar.querySelector("[data-style]");
  const tables = bar.querySelector("[data-table]");
  function show() {
    for (const [name, mark] of Object.entries(PRESSED)) {
      bar.querySelector(`[data-do="${name}"]`).setAttribute("aria-pressed", String(editor.isActive(mark)));
    }
    style.value = editor.isActive("heading", { level: 3 }) ? "h3" : editor.isActive("heading", { level: 4 }) ? "h4" : "p";
    tables.hidden = !editor.isActive("table");
  }
  const open = { link: () => link(editor), table: () => newTable(editor), caption: () => caption(editor), picture: () => choosePicture() };
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name in open) open[name]();
    else if (name) COMMANDS[name](editor.chain().focus()).run();
  });
  style.addEventListener("change", () => setStyle(editor, style.value));
  rove(bar);
  return editor;
}
