// Copies the address of the page (or the text in data-copy) and says so where screen readers listen.

function copyByHand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard outside https, or refused: the old way.
    return copyByHand(text);
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const word = button.lastChild;
  const label = word.textContent;
  const live = document.getElementById("live");
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copy(button.dataset.copy || location.href);
    live.textContent = done ? button.dataset.copied : button.dataset.notCopied;
    if (done) word.textContent = button.dataset.copied;
    setTimeout(() => { word.textContent = label; live.textContent = ""; }, 3000);
  });
}
