// The model is fetched on a tap. A tap on the piece takes over that place and the camera's.
const pane = document.getElementById("pane");
const form = pane.closest("form");
const opener = document.getElementById("open-model");
const taker = document.getElementById("take-view");
const told = document.getElementById("pane-hint");
const DEGREES = 180 / Math.PI;

let viewer = null;

function field(name) {
  return form.elements[name];
}

function write(name, value) {
  field(name).value = String(Math.round(value * 10000) / 10000);
  field(name).dispatchEvent(new Event("input", { bubbles: true }));
}

function known(...names) {
  const values = names.map((name) => Number(field(name).value.replace("−", "-").replace(",", ".")));
  const isWhole = names.every((name) => field(name).value.trim()) && values.every(Number.isFinite);
  return isWhole ? values : null;
}

function made() {
  const element = document.createElement("model-viewer");
  const { model, alt, orbit, target, field: angle, nearest, farthest } = pane.dataset;
  const seen = known("azimuth", "polar", "distance");
  const settings = {
    src: model, alt, "camera-controls": "", "touch-action": "pan-y", "interaction-prompt": "none",
    "interpolation-decay": "1", "min-field-of-view": "4deg", "max-field-of-view": "60deg",
  };
  if (orbit) {
    Object.assign(settings, {
      "camera-orbit": orbit, "camera-target": target, "field-of-view": `${angle}deg`,
      "min-camera-orbit": `auto 0deg ${nearest}`, "max-camera-orbit": `auto 180deg ${farthest}`,
    });
  }
  if (seen) settings["camera-orbit"] = `${seen[0]}deg ${seen[1]}deg ${seen[2]}m`;
  for (const [name, value] of Object.entries(settings)) element.setAttribute(name, value);
  element.append(Object.assign(document.createElement("span"), { slot: "progress-bar" }));
  return element;
}

function mark() {
  const point = known("point_x", "point_y", "point_z");
  if (!viewer || !point) return;
  viewer.querySelector(".here")?.remove();
  const spot = Object.assign(document.createElement("span"), {
    slot: "hotspot-here", className: "here", title: pane.dataset.marker,
  });
  spot.dataset.position = point.map((value) => `${value}m`).join(" ");
  viewer.append(spot);
}

function takeView() {
  const { theta, phi, radius } = viewer.getCameraOrbit();
  const around = ((theta * DEGREES + 180) % 360 + 360) % 360 - 180;
  write("azimuth", around);
  write("polar", phi * DEGREES);
  write("distance", radius);
}

function takePoint(event) {
  const found = viewer.positionAndNormalFromPoint(event.clientX, event.clientY);
  if (!found) {
    told.textContent = told.dataset.missed;
    return;
  }
  write("point_x", found.position.x);
  write("point_y", found.position.y);
  write("point_z", found.position.z);
  takeView();
  mark();
  told.textContent = told.dataset.taken;
}

// The viewer widens the field it is given when what it shows is wider than the pane.
function takeBackWidening() {
  const wanted = Number(pane.dataset.field);
  if (!wanted) return;
  const half = (degrees) => Math.tan(degrees / DEGREES / 2);
  viewer.fieldOfView = `${2 * Math.atan(half(wanted) ** 2 / half(viewer.getFieldOfView())) * DEGREES}deg`;
  viewer.jumpCameraToGoal();
}

// A drag turns the piece; only a press that stays where it was is meant to point.
function follow() {
  let pressed = null;
  viewer.addEventListener("pointerdown", (event) => { pressed = [event.clientX, event.clientY]; });
  viewer.addEventListener("click", (event) => {
    if (pressed && Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < 6) takePoint(event);
  });
  viewer.addEventListener("load", () => {
    taker.hidden = false;
    takeBackWidening();
    pane.classList.add("drawn");
    mark();
  }, { once: true });
  viewer.addEventListener("error", giveUp, { once: true });
}

function giveUp() {
  viewer?.remove();
  viewer = null;
  taker.hidden = true;
  opener.hidden = false;
  told.textContent = told.dataset.broken;
}

async function open() {
  opener.hidden = true;
  globalThis.ModelViewerElement ??= {};
  globalThis.ModelViewerElement.meshoptDecoderLocation = pane.dataset.decoder;
  try {
    await import("@google/model-viewer");
  } catch {
    return giveUp();
  }
  viewer = made();
  follow();
  pane.append(viewer);
  viewer.focus();
  return undefined;
}

opener.hidden = false;
opener.addEventListener("click", open);
taker.addEventListener("click", takeView);
for (const name of ["point_x", "point_y", "point_z"]) field(name).addEventListener("change", mark);
