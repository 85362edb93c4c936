// Pointing at a picture fills in the numbers beside it, and the numbers move the mark. A rectangle
// is drawn on a picture of a piece; in a panorama laid flat one thing at a time gets its place.
const pane = document.getElementById("pane");

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const rounded = (value) => String(Math.round(value * 100) / 100);

function read(field) {
  const text = field.value.trim().replace("−", "-").replace(",", ".");
  return text && Number.isFinite(Number(text)) ? Number(text) : null;
}

function write(field, value) {
  field.value = rounded(value);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Where in the picture an event is, 0 to 1 from its upper left corner.
function placeOf(event) {
  const box = pane.getBoundingClientRect();
  return [
    clamp((event.clientX - box.left) / box.width, 0, 1),
    clamp((event.clientY - box.top) / box.height, 0, 1),
  ];
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function drawRectangles(form) {
  const mine = pane.querySelector("[data-mine]");
  const fields = ["x", "y", "width", "height"].map((name) => form.elements[name]);
  const values = () => fields.map(read);

  function show() {
    const known = values();
    if (known.includes(null)) return;
    ["x", "y", "width", "height"].forEach((name, place) => mine.setAttribute(name, known[place]));
  }

  function set(x, y, width, height) {
    [x, y, width, height].forEach((value, place) => write(fields[place], value));
  }

  pane.addEventListener("pointerdown", (event) => {
    if (event.button || !event.isPrimary) return;
    event.preventDefault();
    pane.focus({ preventScroll: true });
    pane.setPointerCapture(event.pointerId);
    const [startX, startY] = placeOf(event);
    const follow = (move) => {
      const [x, y] = placeOf(move);
      const left = Math.min(x, startX) * 100;
      const top = Math.min(y, startY) * 100;
      set(left, top, Math.max(0.5, Math.abs(x - startX) * 100), Math.max(0.5, Math.abs(y - startY) * 100));
    };
    pane.addEventListener("pointermove", follow);
    pane.addEventListener("lostpointercapture", () => {
      pane.removeEventListener("pointermove", follow);
    }, { once: true });
  });

  pane.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y, width, height] = values().map((value, place) => value ?? (place < 2 ? 40 : 20));
    if (event.shiftKey) {
      set(x, y, clamp(width + step[0], 0.5, 100 - x), clamp(height + step[1], 0.5, 100 - y));
    } else {
      set(clamp(x + step[0], 0, 100 - width), clamp(y + step[1], 0, 100 - height), width, height);
    }
  });

  pane.classList.add("drawing");
  fields.forEach((field) => field.addEventListener("input", show));
  show();
}

function placeInPanorama(form) {
  const chosen = () => form.elements.pointed.value;
  const fieldsOf = (name) => [form.elements[`${name}-yaw`], form.elements[`${name}-pitch`]];
  const spotOf = (name) => pane.querySelector(`[data-spot="${CSS.escape(name)}"]`);

  function show(name) {
    const [yaw, pitch] = fieldsOf(name).map(read);
    const spot = spotOf(name);
    const isPlaced = yaw !== null && pitch !== null;
    spot.setAttribute("visibility", isPlaced ? "visible" : "hidden");
    if (isPlaced) spot.setAttribute("transform", `translate(${yaw} ${-pitch})`);
  }

  function set(name, yaw, pitch) {
    const [sideways, upwards] = fieldsOf(name);
    write(sideways, yaw > 180 ? yaw - 360 : yaw < -180 ? yaw + 360 : yaw);
    write(upwards, clamp(pitch, -90, 90));
  }

  function mark() {
    for (const spot of pane.querySelectorAll("[data-spot]")) {
      spot.classList.toggle("pointed", spot.dataset.spot === chosen());
    }
  }

  pane.addEventListener("click", (event) => {
    const [x, y] = placeOf(event);
    set(chosen(), (x - 0.5) * 360, (0.5 - y) * 180);
  });

  pane.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const [yaw, pitch] = fieldsOf(chosen()).map(read);
    const size = event.shiftKey ? 10 : 1;
    set(chosen(), (yaw ?? 0) + step[0] * size, (pitch ?? 0) - step[1] * size);
  });

  form.addEventListener("input", (event) => {
    const name = event.target.name?.match(/^(.+)-(yaw|pitch)$/)?.[1];
    if (name) show(name);
  });
  form.addEventListener("focusin", (event) => {
    const name = event.target.name?.match(/^(.+)-(yaw|pitch)$/)?.[1];
    if (!name) return;
    form.elements.pointed.value = name;
    mark();
  });
  form.addEventListener("change", mark);
  mark();
}

if (pane) {
  const form = pane.closest("form");
  if ("rectangle" in pane.dataset) drawRectangles(form);
  if ("sphere" in pane.dataset) placeInPanorama(form);
}
