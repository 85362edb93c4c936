// Copy buttons appear only where copying works; the text beside them can always be selected.
// What changes while the page waits is said aloud once.
function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy][hidden]")) button.hidden = false;
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  const words = button.firstChild;
  const before = words.textContent;
  words.textContent = button.dataset.done;
  say(button.dataset.done);
  setTimeout(() => { words.textContent = before; }, 2000);
}

function say(text) {
  document.getElementById("news").textContent = text;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
document.addEventListener("htmx:afterSettle", () => {
  offerCopying();
  say(document.querySelector("[data-news]").textContent);
});
offerCopying();
