// The facets are a panel to open on small screens and stand open beside the pieces on large ones.
const filters = document.getElementById("filters");
if (filters && !CSS.supports("selector(::details-content)")) {
  filters.open = matchMedia("(min-width: 901px)").matches;
}

// After a step to another page reading goes on at its first piece, not at the foot of the last.
document.addEventListener("htmx:afterSettle", (event) => {
  const link = event.detail.requestConfig?.elt;
  if (!link?.closest) return;
  if (link.closest(".pages, .chips, .empty") || !document.contains(link)) {
    const results = document.getElementById("results");
    results?.focus({ preventScroll: true });
    if (results && results.getBoundingClientRect().top < 0) results.scrollIntoView();
  }
});

// The search field above says what is being looked for, also after the words were taken away.
document.addEventListener("htmx:afterSettle", () => {
  const words = document.getElementById("words");
  const search = document.getElementById("search");
  if (words && search && document.activeElement !== search) search.value = words.value;
});
