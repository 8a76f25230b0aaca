// The page of a section: its text is saved a few seconds after each change, never over somebody
// else's; whoever else has it open is named; what was typed outlives the end of the session.

import { writingOn, writtenHtml } from "./editor-text.js";

const PAUSE = 2500;
const AGAIN = 10000;
const HERE = 10000;

const form = document.querySelector("[data-editor]");
const words = (name) => form.dataset[`words${name[0].toUpperCase()}${name.slice(1)}`];
const field = (name) => form.elements[name];
const live = document.getElementById("live");
const savedWords = document.querySelector("[data-saved-words]");
const savedBox = document.querySelector("[data-saved]");
const conflict = document.getElementById("conflict");

// The token follows the login, also one made in another tab.
function token() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  return cookie ? decodeURIComponent(cookie.split("=")[1]) : field("csrfmiddlewaretoken").value;
}

function post(url, values) {
  const body = new URLSearchParams(values);
  // A page that is being left may still finish a short request.
  const keepalive = document.hidden && body.toString().length < 60000;
  return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token() }, keepalive });
}

// What was typed and is not on the server yet, kept in this tab for this person.

const KEY = `section ${form.dataset.save}`;

function keep(text) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ user: form.dataset.user, version: field("version").value, text }));
  } catch {
    // A full or forbidden store: leaving the page still warns.
  }
}

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY));
    return found?.user === form.dataset.user ? found : null;
  } catch {
    return null;
  }
}

const forget = () => sessionStorage.removeItem(KEY);

async function start() {
  const engine = await import(form.dataset.engine);
  const page = form.querySelector("[data-page]");
  const bar = form.querySelector("[data-bar]");
  const source = form.querySelector("[data-source]");
  let editor = null;
  let dirty = false;
  let saving = null;
  let timer = 0;
  let stopped = false;

  function say(text, tone) {
    savedBox.className = `cp-saved${tone ? ` cp-saved--${tone}` : ""}`;
    if (savedWords.textContent !== text) savedWords.textContent = text;
    // Far down a long text, and on the phone, the state of the save is out of view: it is repeated
    // beside the button.
    const echo = form.querySelector("[data-saved-echo]");
    echo.textContent = text;
    echo.className = tone ? "cp-small cp-text__trouble" : "cp-small cp-only-narrow";
    form.querySelector("[data-keys]").hidden = Boolean(tone);
  }

  function changed() {
    dirty = true;
    keep(writtenHtml(editor));
    if (stopped) return;
    say(words("waiting"));
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  function ended() {
    stopped = true;
    const note = document.getElementById("kept");
    const where = `${form.dataset.login}?next=${encodeURIComponent(location.pathname)}`;
    const link = Object.assign(document.createElement("a"), { href: where, textContent: words("login"), className: "btn btn-primary btn-sm" });
    const line = Object.assign(document.createElement("p"), { textContent: `${words("ended")} ` });
    line.append(link);
    const box = Object.assign(document.createElement("div"), { className: "cp-note cp-note--error" });
    box.setAttribute("role", "alert");
    box.append(line);
    note.replaceChildren(box);
    say(words("ended"), "error");
    Object.assign(form.querySelector("[data-sign-in]"), { href: where, hidden: false });
  }

  async function send() {
    const text = writtenHtml(editor);
    const values = { body: text, version: field("version").value, apart: field("apart").value === "True" ? "on" : "" };
    say(words("saving"));
    const answer = await post(form.dataset.save, values);
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (answer.redirected || answer.status === 401 || (answer.status === 403 && !isJson)) return ended();
    if (!isJson) {
      stopped = answer.status === 409;
      return say(words(stopped ? "locked" : "offline"), "error");
    }
    const given = await answer.json();
    if (given.conflict) return disagree(given);
    if (given.problem) return say(`${words("refused")} ${given.problem}`, "error");
    field("version").value = given.version;
    field("apart").value = "False";
    say(given.saved);
    dirty = writtenHtml(editor) !== text;
    if (dirty) keep(writtenHtml(editor));
    else forget();
    return null;
  }

  async function save() {
    clearTimeout(timer);
    if (saving) await saving;
    if (!dirty || stopped) return;
    saving = send().catch(() => say(words("offline"), "error"));
    await saving;
    saving = null;
    if (dirty && !stopped) timer = setTimeout(save, AGAIN);
  }

  function disagree(given) {
    stopped = true;
    conflict.innerHTML = given.conflict;
    say(words("conflict"), "error");
    const mine = conflict.querySelector('[data-keep="mine"]');
    mine.hidden = false;
    mine.addEventListener("click", () => settle(given.version));
    conflict.querySelector('[data-keep="saved"]').addEventListener("click", (event) => {
      event.preventDefault();
      editor.commands.setContent(given.body, { emitUpdate: false });
      dirty = false;
      forget();
      settle(given.version);
    });
    conflict.focus();
  }

  // Either text goes on from the version that was seen; the other one stays among the versions.
  function settle(version) {
    field("version").value = version;
    field("apart").value = "True";
    conflict.replaceChildren();
    stopped = false;
    if (dirty) save();
    else say("");
    editor.commands.focus();
  }

  const left = kept();
  page.hidden = bar.hidden = false;
  source.hidden = true;
  form.querySelector("[data-keys]").hidden = false;
  document.querySelector("[data-saved-hint]").hidden = false;
  editor = writingOn(engine, { page, bar, html: field("body").value, label: words("label"), token, onChange: changed });
  if (left && left.text !== writtenHtml(editor)) {
    field("version").value = left.version;
    editor.commands.setContent(left.text);
    live.textContent = words("kept");
    const line = Object.assign(document.createElement("p"), { className: "cp-note", textContent: words("kept") });
    document.getElementById("kept").replaceChildren(line);
    dirty = true;
    save();
  } else forget();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dirty = true;
    save();
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    save();
  });
  addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  // Preview and mark are of the text as it stands: it is saved before.
  for (const other of document.querySelectorAll("form[data-after-save]")) {
    other.addEventListener("submit", async (event) => {
      if (!dirty || stopped) return;
      event.preventDefault();
      await save();
      if (!dirty) other.submit();
    });
  }
}

async function greet() {
  const people = document.getElementById("people");
  if (!document.hidden) {
    try {
      const answer = await post(form.dataset.presence, {});
      if (answer.ok && !answer.redirected) {
        const now = await answer.text();
        // Said again only when it has changed: the hour alone is no news.
        if (now.replace(/\(.*?\)/g, "") !== people.innerHTML.replace(/\(.*?\)/g, "")) people.innerHTML = now;
      }
    } catch {
      // The next sign of life will do.
    }
  }
  setTimeout(greet, HERE);
}

addEventListener("pagehide", () => {
  if (!form?.dataset.presence) return;
  fetch(form.dataset.presence, { method: "POST", body: new URLSearchParams({ leaving: "1" }), headers: { "X-CSRFToken": token() }, keepalive: true });
});
if (matchMedia("(max-width: 820px)").matches) document.querySelector(".cp-editing__index details").open = false;
if (form) {
  start();
  // Not every document says who else is there.
  if (form.dataset.presence) greet();
}
