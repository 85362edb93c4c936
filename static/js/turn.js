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
const RADIANS = Math.PI / 180;

let viewer = null;

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
  return element;
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
}

async function open() {
  failure.hidden = true;
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
  viewer = null;
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
gallery.parentElement.querySelector(".thumbs")?.addEventListener("click", () => {
  if (!panel.hidden) close();
});
