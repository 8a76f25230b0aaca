// What comes in by paste, made ready for the schema of the editor: Word's lists become lists, its
// marks and empty paragraphs go, headings become those of a section. The server cleans again.

const HEADINGS = { H1: "h3", H2: "h3", H3: "h3", H4: "h4", H5: "h4", H6: "h4" };
const NUMBERED = /^\s*(\(?[0-9]{1,3}[.)]|[a-z][.)])\s/i;
const BULLET = /^[\s·•§o▪–-]+/;
// Styles are read but never applied: the page allows none that are written in the text.
const SHEET = /<style\b[\s\S]*?<\/style\s*>/gi;
const STYLE = /(<[^>]*?\s)style\s*=/gi;

function rename(element, name) {
  const other = element.ownerDocument.createElement(name);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

function isListItem(paragraph) {
  const style = paragraph.dataset.style || "";
  return /MsoList/i.test(paragraph.className) || /mso-list:\s*l\d/i.test(style);
}

// Word writes the bullet, or the number, inside the paragraph; the mark says where it ends.
function withoutMark(paragraph) {
  for (const mark of paragraph.querySelectorAll("[data-style*='mso-list' i]")) mark.remove();
  const first = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode();
  if (first) first.data = first.data.replace(NUMBERED, "").replace(BULLET, "");
}

function listsOf(root) {
  let list = null;
  for (const paragraph of [...root.querySelectorAll("p")]) {
    if (!isListItem(paragraph)) { list = null; continue; }
    const follows = list && paragraph.previousElementSibling === list;
    const name = NUMBERED.test(paragraph.textContent) ? "ol" : "ul";
    if (!follows || list.localName !== name) {
      list = root.ownerDocument.createElement(name);
      paragraph.before(list);
    }
    withoutMark(paragraph);
    list.append(rename(paragraph, "li"));
  }
}

function emphasis(root) {
  for (const span of root.querySelectorAll("span[data-style]")) {
    if (/font-style:\s*italic/i.test(span.dataset.style)) rename(span, "em");
    else if (/font-weight:\s*(bold|[6-9]00)/i.test(span.dataset.style)) rename(span, "strong");
  }
}

export function cleanPasted(html) {
  // A document of its own: nothing in it is loaded or run.
  const pasted = new DOMParser().parseFromString(html.replace(SHEET, "").replace(STYLE, "$1data-style="), "text/html");
  const root = pasted.body;
  const comments = pasted.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.remove();
  for (const element of root.querySelectorAll("script, meta, link, title, xml, col, colgroup")) element.remove();
  listsOf(root);
  emphasis(root);
  for (const element of root.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    if (HEADINGS[element.tagName] !== element.localName) rename(element, HEADINGS[element.tagName]);
  }
  for (const element of [...root.querySelectorAll("*")]) {
    // Word's own elements (o:p) hold nothing but an empty place.
    if (element.localName.includes(":")) element.replaceWith(...element.childNodes);
  }
  for (const paragraph of root.querySelectorAll("p")) {
    if (!paragraph.textContent.replace(/\u00a0/g, " ").trim() && !paragraph.querySelector("img, br")) {
      if (!paragraph.closest("td, th")) paragraph.remove();
    }
  }
  return root.innerHTML;
}
