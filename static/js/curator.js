// The desk works without this. Here: lists are dragged, addresses write themselves, long lists of
// ticks are narrowed, the preview link is copied, and nobody leaves typed texts by mistake.
import "shop/ordering";

const LETTERS = /[^a-z0-9]+/g;

function slugOf(name) {
  const bare = name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d");
  return bare.toLowerCase().replace(LETTERS, "-").replace(/^-+|-+$/g, "").slice(0, 120);
}

for (const form of document.querySelectorAll("[data-slug-from]")) {
  const name = form.elements[form.dataset.slugFrom];
  const slug = form.elements.slug;
  let isOwn = Boolean(slug.value);
  slug.addEventListener("input", () => { isOwn = Boolean(slug.value); });
  name.addEventListener("input", () => { if (!isOwn) slug.value = slugOf(name.value); });
}

function folded(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
}

for (const list of document.querySelectorAll("[data-filtered]")) {
  const filter = list.querySelector(".filter");
  const field = filter.querySelector("input");
  filter.hidden = false;
  field.addEventListener("input", () => {
    const wanted = folded(field.value.trim());
    for (const tick of list.querySelectorAll(".tick")) {
      tick.hidden = !folded(tick.textContent).includes(wanted);
    }
    for (const kind of list.querySelectorAll(".kind")) {
      kind.hidden = !kind.querySelector(".tick:not([hidden])");
    }
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.value);
    button.textContent = button.dataset.copied;
  });
}

let isChanged = false;
for (const form of document.querySelectorAll("[data-guarded]")) {
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
}
addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

// A link to a field inside something folded opens it.
function openTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let each = target.closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
  if (target.matches("input, textarea, select")) target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", openTarget);
openTarget();
