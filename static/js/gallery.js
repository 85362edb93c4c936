// Everything is there without this. It lays the second of two pictures over the first under a
// slider, and lets the steps of a sequence be gone through one at a time.
function range(label, most, value) {
  const input = Object.assign(document.createElement("input"), {
    type: "range", min: 0, max: most, value,
  });
  input.setAttribute("aria-label", label);
  return input;
}

function layOver(part) {
  const second = part.querySelector("figure:last-of-type");
  const input = range(part.dataset.words, 100, 50);
  const show = () => second.style.setProperty("--uncovered", `${input.value}%`);
  input.addEventListener("input", show);
  part.classList.add("laid-over");
  part.append(input);
  show();
}

function goThrough(part) {
  const steps = [...part.children];
  const input = range(part.dataset.words, steps.length - 1, 0);
  const said = (place) => steps[place].querySelector("figcaption b")?.textContent ?? `${place + 1}`;
  const show = () => {
    steps.forEach((step, place) => step.classList.toggle("now", place === Number(input.value)));
    input.setAttribute("aria-valuetext", said(Number(input.value)));
  };
  input.addEventListener("input", show);
  part.classList.add("one-by-one");
  part.before(input);
  input.classList.add("scrubber");
  show();
}

document.querySelectorAll(".before-after").forEach(layOver);
document.querySelectorAll(".sequence").forEach((part) => {
  if (part.children.length > 1) goThrough(part);
});

document.querySelectorAll("[data-copy]").forEach((button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
});
