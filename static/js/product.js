// The page works without this: thumbnails are links into a row that scrolls, pictures link to
// their large versions, and every variant states its own price.
const photos = document.getElementById("photos");
const thumbs = [...document.querySelectorAll(".thumbs a")];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function showPhoto(index) {
  photos.scrollTo({ left: photos.clientWidth * index, behavior: calm.matches ? "instant" : "smooth" });
}

function photoInView() {
  return Math.round(photos.scrollLeft / photos.clientWidth);
}

function markThumb(index) {
  thumbs.forEach((thumb, place) => {
    if (place === index) thumb.setAttribute("aria-current", "true");
    else thumb.removeAttribute("aria-current");
  });
}

thumbs.forEach((thumb, index) => {
  thumb.addEventListener("click", (event) => {
    event.preventDefault();
    markThumb(index);
    showPhoto(index);
  });
});
photos?.addEventListener("scrollend", () => markThumb(photoInView()));

const dialog = document.getElementById("zoom");
const view = dialog?.querySelector(".zoom-view");
const large = view?.querySelector("img");
const bigger = dialog?.querySelector("[data-bigger]");

function openZoom(link) {
  const shown = link.querySelector("img");
  large.src = link.href;
  large.width = shown.width;
  large.height = shown.height;
  large.alt = shown.alt;
  setBigger(false);
  dialog.showModal();
}

function setBigger(isBigger) {
  bigger.setAttribute("aria-pressed", String(isBigger));
  view.classList.toggle("bigger", isBigger);
}

if (photos && dialog.showModal) {
  const button = document.getElementById("look-closely");
  button.hidden = false;
  button.addEventListener("click", () => openZoom(photos.children[photoInView()].querySelector("a")));
  photos.addEventListener("click", (event) => {
    const link = event.target.closest("[data-zoom]");
    if (!link) return;
    event.preventDefault();
    openZoom(link);
  });
  bigger.addEventListener("click", () => setBigger(!view.classList.contains("bigger")));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

// What is chosen is what the price and the quantity are about.
const price = document.getElementById("price");
const quantity = document.getElementById("quantity");

function follow(choice) {
  price.textContent = choice.dataset.price;
  if (quantity) {
    quantity.max = choice.dataset.most;
    if (Number(quantity.value) > Number(quantity.max)) quantity.value = quantity.max;
  }
}

for (const choice of document.querySelectorAll(".variants input")) {
  choice.addEventListener("change", () => follow(choice));
  if (choice.checked) follow(choice);
}
