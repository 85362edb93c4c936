// The field for another carrier's name shows only when that choice is made.
const carrier = document.getElementById("carrier");
if (carrier) {
  const parts = document.querySelectorAll("[data-shown-for]");
  const show = () => { for (const part of parts) part.hidden = part.dataset.shownFor !== carrier.value; };
  carrier.addEventListener("change", show);
  show();
}
