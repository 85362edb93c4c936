// The button says what will happen with the chosen way of paying; without this it says
// "Place the order", which is true of all of them.
const form = document.getElementById("checkout");
const fallback = document.getElementById("place-order")?.textContent;

function nameButton() {
  const button = document.getElementById("place-order");
  const chosen = form.querySelector("input[name=method]:checked");
  if (button) button.textContent = chosen ? chosen.dataset.words : fallback;
}

form?.addEventListener("change", nameButton);
document.addEventListener("htmx:afterSettle", nameButton);
if (form) nameButton();
