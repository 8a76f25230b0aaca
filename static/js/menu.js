// On the phone the bar of the section scrolls sideways: start at the current page.
const current = document.querySelector(".cp-section__nav [aria-current]");
if (current) {
  const bar = current.parentElement;
  bar.scrollLeft = current.offsetLeft - (bar.clientWidth - current.offsetWidth) / 2;
}
// The index of the document starts folded on the phone, where it would push the text away.
if (matchMedia("(max-width: 820px)").matches) {
  for (const index of document.querySelectorAll(".cp-reader__index details")) index.open = false;
}
