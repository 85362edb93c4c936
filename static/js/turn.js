// The page works without this: the photographs stay. On a tap the viewer is fetched, the model
// takes the photograph's place, and whatever goes wrong puts the photograph back and says so.
const panel = document.getElementById("turning");
const opener = document.getElementById("turn");
const gallery = panel.closest(".main");
const photos = document.getElementById("photos");
const tools = opener.closest(".tools");
const stage = panel.querySelector(".turn-stage");
const failure = document.getElementById("turn-failed");
const loading = panel.querySelector(".turn-loading");
const spin = panel.querySelector("[data-spin]");
const inRoom = panel.querySelector("[data-in-room]");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const points = [...panel.querySelectorAll("[data-look]")];
const says = panel.querySelector(".turn-says");
const RADIANS = Math.PI / 180;

let viewer = null;
let wanted = null;

function canDraw() {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return Boolean(context);
}

async function fetchViewer() {
  globalThis.ModelViewerElement ??= {};
  globalThis.ModelViewerElement.meshoptDecoderLocation = panel.dataset.decoder;
  await import("@google/model-viewer");
}

function made() {
  const element = document.createElement("model-viewer");
  const { model, alt, words, orbit, target, field, nearest, farthest } = panel.dataset;
  const settings = {
    src: model, alt, a11y: words, "camera-controls": "", "touch-action": "pan-y",
    "interaction-prompt": "none", "shadow-intensity": "0.9", "shadow-softness": "0.85",
    exposure: "0.9", "rotation-per-second": "14deg", "auto-rotate-delay": "0",
    ar: "", "ar-modes": "webxr quick-look", "ar-scale": "fixed",
    "interpolation-decay": calm.matches ? "1" : "60",
    "min-field-of-view": "4deg", "max-field-of-view": "60deg",
  };
  if (orbit) {
    Object.assign(settings, {
      "camera-orbit": orbit, "camera-target": target, "field-of-view": `${field}deg`,
      "min-camera-orbit": `auto 4deg ${nearest}`, "max-camera-orbit": `auto 140deg ${farthest}`,
    });
  }
  for (const [name, value] of Object.entries(settings)) element.setAttribute(name, value);
  element.append(Object.assign(document.createElement("span"), { slot: "progress-bar" }));
  element.append(...points.map(spotOf));
  return element;
}

// The note's number on the model itself; it faces the way its camera looks from.
function spotOf(point) {
  const [azimuth, polar] = point.dataset.camera.split(" ").map(Number);
  const out = Math.sin(polar * RADIANS);
  const faces = [
    out * Math.sin(azimuth * RADIANS), Math.cos(polar * RADIANS), out * Math.cos(azimuth * RADIANS),
  ];
  const spot = Object.assign(document.createElement("button"), {
    type: "button", slot: `hotspot-${point.dataset.look}`, className: "turn-spot",
    textContent: point.dataset.look,
  });
  spot.setAttribute("aria-label", point.getAttribute("aria-label"));
  spot.dataset.position = point.dataset.point.split(" ").map((length) => `${length}m`).join(" ");
  spot.dataset.visibilityAttribute = "visible";
  spot.dataset.normal = faces.map((part) => `${part.toFixed(4)}m`).join(" ");
  spot.addEventListener("click", () => lookAt(point));
  return spot;
}

function lookAt(point) {
  if (!stage.classList.contains("drawn")) {
    wanted = point;
    return;
  }
  const [azimuth, polar, distance] = point.dataset.camera.split(" ");
  setSpinning(false);
  viewer.minCameraOrbit = "auto 4deg 0.02m";
  viewer.cameraTarget = point.dataset.point.split(" ").map((length) => `${length}m`).join(" ");
  viewer.cameraOrbit = `${azimuth}deg ${polar}deg ${distance}m`;
  if (calm.matches) viewer.jumpCameraToGoal();
  points.forEach((each) => each.setAttribute("aria-pressed", String(each === point)));
  says.textContent = point.dataset.says;
  says.hidden = false;
}

// The viewer widens the field it is given when what it shows is wider than the pane.
function takeBackWidening() {
  const wanted = Number(panel.dataset.field);
  if (!wanted) return;
  const half = (degrees) => Math.tan((degrees / 2) * RADIANS);
  const narrower = half(wanted) ** 2 / half(viewer.getFieldOfView());
  viewer.fieldOfView = `${(2 * Math.atan(narrower)) / RADIANS}deg`;
  viewer.jumpCameraToGoal();
}

function keepTheWheelForThePage(event) {
  if (!event.ctrlKey) event.stopPropagation();
}

function setSpinning(isSpinning) {
  viewer.autoRotate = isSpinning;
  spin.setAttribute("aria-pressed", String(isSpinning));
}

function follow() {
  viewer.addEventListener("progress", (event) => {
    loading.querySelector("progress").value = event.detail.totalProgress;
  });
  viewer.addEventListener("load", () => {
    takeBackWidening();
    requestAnimationFrame(() => requestAnimationFrame(shown));
  }, { once: true });
  viewer.addEventListener("error", () => giveUp(failure.dataset.broken), { once: true });
  viewer.addEventListener("wheel", keepTheWheelForThePage, { capture: true });
  viewer.addEventListener("camera-change", (event) => {
    if (event.detail.source === "user-interaction" && viewer.autoRotate) setSpinning(false);
  });
}

function shown() {
  if (!viewer) return;
  loading.hidden = true;
  stage.classList.add("drawn");
  inRoom.hidden = !viewer.canActivateAR;
  setSpinning(!calm.matches);
  if (wanted) lookAt(wanted);
  wanted = null;
}

async function open() {
  failure.hidden = true;
  photos.querySelector("[data-zoom-pane]:not([hidden]) [data-zoom-act=close]")?.click();
  if (!canDraw()) return giveUp(failure.dataset.unable);
  panel.hidden = false;
  loading.hidden = false;
  photos.inert = tools.inert = true;
  panel.focus({ preventScroll: true });
  try {
    await fetchViewer();
  } catch {
    return giveUp(failure.dataset.broken);
  }
  if (panel.hidden || viewer) return undefined;
  viewer = made();
  follow();
  stage.append(viewer);
  return undefined;
}

function close() {
  panel.hidden = true;
  photos.inert = tools.inert = false;
  stage.classList.remove("drawn");
  inRoom.hidden = true;
  spin.setAttribute("aria-pressed", "false");
  viewer?.remove();
  viewer = wanted = null;
  if (says) says.hidden = true;
  points.forEach((each) => each.setAttribute("aria-pressed", "false"));
}

function giveUp(words) {
  closeAndReturn();
  failure.textContent = words;
  failure.hidden = false;
}

function closeAndReturn() {
  close();
  opener.focus({ preventScroll: true });
}

if (navigator.connection?.saveData) opener.textContent = opener.dataset.weighed;
opener.hidden = false;
opener.addEventListener("click", open);
panel.querySelector("[data-close]").addEventListener("click", closeAndReturn);
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeAndReturn();
});
panel.querySelectorAll("[data-zoom-by]").forEach((button) => {
  button.addEventListener("click", () => viewer?.zoom(Number(button.dataset.zoomBy)));
});
spin.addEventListener("click", () => viewer && setSpinning(!viewer.autoRotate));
inRoom.addEventListener("click", () => viewer?.activateAR());
points.forEach((point) => point.addEventListener("click", () => lookAt(point)));
// Notes beside the picture lead to the model, or away from it to the picture's close-up.
document.querySelectorAll("[data-look-at]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    lookAt(points.find((point) => point.dataset.look === button.dataset.lookAt));
    if (panel.hidden) open();
    panel.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  });
});
document.querySelectorAll("[data-zoom-to]").forEach((button) => {
  button.addEventListener("click", () => !panel.hidden && close());
});
gallery.parentElement.querySelector(".thumbs")?.addEventListener("click", () => {
  if (!panel.hidden) close();
});
