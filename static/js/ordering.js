// A list is dragged by its grips; what is sent is the whole order, by the form that the buttons
// use too. After the page's part was exchanged, the new list is taken up the same way.
function rowsOf(list) {
  return [...list.children].filter((row) => row.dataset.name);
}

function namesOf(list) {
  return rowsOf(list).map((row) => row.dataset.name).join(" ");
}

function placeAt(list, row, y) {
  for (const other of rowsOf(list)) {
    if (other === row) continue;
    const box = other.getBoundingClientRect();
    if (y < box.top + box.height / 2) return other;
  }
  return null;
}

function drag(form, list, row, grip, event) {
  const before = namesOf(list);
  grip.setPointerCapture(event.pointerId);
  row.classList.add("dragged");
  const follow = (move) => {
    const next = placeAt(list, row, move.clientY);
    if (next !== row.nextElementSibling) list.insertBefore(row, next);
  };
  const finish = () => {
    grip.removeEventListener("pointermove", follow);
    row.classList.remove("dragged");
    const now = namesOf(list);
    if (now === before) return;
    form.elements.order.value = now;
    form.requestSubmit();
  };
  grip.addEventListener("pointermove", follow);
  grip.addEventListener("lostpointercapture", finish, { once: true });
}

function takeUp(form) {
  if (form.dataset.takenUp) return;
  form.dataset.takenUp = "yes";
  const list = form.querySelector("ol");
  for (const row of rowsOf(list)) {
    const grip = row.querySelector(".grip");
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      drag(form, list, row, grip, event);
    });
  }
}

function takeUpAll() {
  document.querySelectorAll("form[data-order]").forEach(takeUp);
}

document.addEventListener("htmx:afterSettle", takeUpAll);
takeUpAll();
