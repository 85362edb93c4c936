// The page works without this: the photographs stay. On a tap a figure's picture is opened for a
// close look in its own place, and whatever goes wrong brings the photograph back and says so.
// goTo(figure, [x, y, width, height]) moves the view to a part, given in fractions of the picture.
const OPENABLE = "figure[data-zoom]";
const STEP = 1.6;
const LINKED_EVENTS = ["animation", "animation-finish", "resize"];
const HELD_BACK = new Set(["KeyR", "KeyF", "KeyJ", "KeyK"]);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const live = new Map();

let leader = null;

// The library would add a style sheet of its own, which the policy forbids, unless it finds one.
// This element of no known kind looks like one to it and is none to the browser.
function standInForStyle() {
  const mark = document.createElementNS("urn:battrang", "style");
  mark.setAttribute("data-openseadragon-mobile-css", "");
  document.head.append(mark);
}

async function fetchLibrary() {
  if (!document.querySelector("[data-openseadragon-mobile-css]")) standInForStyle();
  await import("openseadragon");
  return globalThis.OpenSeadragon;
}

// Tiles are asked of the page's own site, by whichever name it was reached.
async function fetchDescription(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  const info = await answer.json();
  info.id = new URL(address, location.href).href.replace(/\/info\.json$/, "");
  return info;
}

function settings(element, info) {
  return {
    element, tileSources: info, drawer: "canvas",
    showNavigationControl: false, showNavigator: false,
    animationTime: calm.matches ? 0 : 0.7, springStiffness: 9,
    maxZoomPixelRatio: 2, visibilityRatio: 0.6, minZoomImageRatio: 1,
    cooperativeGestures: true, tileRetryMax: 2, tileRetryDelay: 800,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    gestureSettingsTouch: { flickEnabled: !calm.matches, dblClickDragToZoom: false },
  };
}

const paneOf = (figure) => figure.querySelector("[data-zoom-pane]");
const openerOf = (figure) => figure.querySelector("[data-zoom-open]");

function fellows(figure) {
  const group = figure.dataset.zoomLinked;
  if (!group) return [figure];
  return [...document.querySelectorAll(OPENABLE)].filter((each) => each.dataset.zoomLinked === group);
}

// Two pictures of different shape agree on the middle of what is seen and on how close it is.
function follow(from) {
  if (from !== leader) return;
  const { viewport } = live.get(from);
  const share = viewport.getZoom(true) / viewport.getHomeZoom();
  const middle = viewport.getCenter(true);
  const height = live.get(from).world.getItemAt(0)?.getBounds().height;
  for (const other of fellows(from)) {
    const viewer = other === from ? null : live.get(other);
    const bounds = viewer?.world.getItemAt(0)?.getBounds();
    if (!bounds || !height) continue;
    viewer.viewport.zoomTo(share * viewer.viewport.getHomeZoom(), null, true);
    const place = new globalThis.OpenSeadragon.Point(middle.x, (middle.y / height) * bounds.height);
    viewer.viewport.panTo(place, true);
  }
}

function lead(figure) {
  leader = figure;
}

function listen(figure, viewer) {
  const words = paneOf(figure).dataset;
  viewer.addOnceHandler("tile-drawn", () => {
    figure.classList.add("looked-at");
    figure.querySelector("[data-zoom-loading]").hidden = true;
  });
  // Once the library has done with the event, for it still works with what giving up destroys.
  const fail = () => setTimeout(() => giveUp(figure));
  viewer.addHandler("tile-load-failed", (event) => event.maxReached && fail());
  viewer.addHandler("open-failed", fail);
  viewer.addHandler("canvas-cooperative-gesture", (event) => {
    event.message = event.gesture === "scroll" ? words.hintWheel : words.hintTouch;
  });
  viewer.addHandler("canvas-key", (event) => {
    lead(figure);
    if (HELD_BACK.has(event.originalEvent.code)) event.preventDefaultAction = true;
  });
  for (const name of ["canvas-press", "canvas-scroll", "canvas-pinch", "canvas-focus"]) {
    viewer.addHandler(name, () => lead(figure));
  }
  for (const name of LINKED_EVENTS) viewer.addHandler(name, () => follow(figure));
}

function nameCanvas(figure, viewer) {
  viewer.canvas.setAttribute("role", "application");
  viewer.canvas.setAttribute("aria-label", paneOf(figure).dataset.words);
}

async function show(figure) {
  const pane = paneOf(figure);
  pane.hidden = false;
  figure.querySelector("[data-zoom-failed]").hidden = true;
  figure.querySelector("[data-zoom-loading]").hidden = false;
  const [OpenSeadragon, info] = await Promise.all([
    fetchLibrary(), fetchDescription(figure.dataset.zoom),
  ]);
  if (pane.hidden || live.has(figure)) return;
  const viewer = OpenSeadragon(settings(pane.querySelector("[data-zoom-stage]"), info));
  live.set(figure, viewer);
  nameCanvas(figure, viewer);
  listen(figure, viewer);
  if (!viewer.isOpen()) {
    await new Promise((answered) => {
      viewer.addOnceHandler("open", answered);
      viewer.addOnceHandler("open-failed", answered);
    });
  }
}

// One close look a page, or the two that are compared.
export async function open(figure) {
  const together = fellows(figure);
  [...live.keys()].filter((each) => !together.includes(each)).forEach(close);
  lead(figure);
  paneOf(figure).focus({ preventScroll: true });
  try {
    await Promise.all(together.map(show));
  } catch {
    together.forEach(giveUp);
    return false;
  }
  if (!paneOf(figure).hidden) live.get(figure)?.canvas.focus({ preventScroll: true });
  return Boolean(live.get(figure)?.isOpen());
}

export function close(figure) {
  const pane = paneOf(figure);
  if (pane.matches(":popover-open")) fill(figure);
  pane.hidden = true;
  figure.classList.remove("looked-at");
  live.get(figure)?.destroy();
  live.delete(figure);
}

function giveUp(figure) {
  if (paneOf(figure).hidden) return;
  const held = figure.contains(document.activeElement);
  close(figure);
  figure.querySelector("[data-zoom-failed]").hidden = false;
  if (held) openerOf(figure).focus({ preventScroll: true });
}

function closeAndReturn(figure) {
  fellows(figure).forEach(close);
  openerOf(figure).focus({ preventScroll: true });
}

// Resolves to whether the part is shown; false when the picture could not be opened.
export async function goTo(figure, region) {
  if (!live.has(figure) && !(await open(figure))) return false;
  lead(figure);
  const { viewport, world } = live.get(figure);
  const { width, height } = world.getItemAt(0).getBounds();
  const [x, y, across, down] = region;
  const part = new globalThis.OpenSeadragon.Rect(
    x * width, y * height, across * width, down * height,
  );
  viewport.fitBoundsWithConstraints(part, calm.matches);
  return true;
}

// In the top layer, over everything; there one finger may move the picture, for no page lies around.
function fill(figure) {
  const pane = paneOf(figure);
  const fills = !pane.matches(":popover-open");
  if (fills) {
    pane.popover = "manual";
    pane.showPopover();
  } else {
    pane.hidePopover();
    pane.removeAttribute("popover");
  }
  live.get(figure)?.setCooperativeGestures(!fills);
  pane.querySelector('[data-zoom-act="fill"]').setAttribute("aria-pressed", String(fills));
}

const ACTS = {
  in: ({ viewport }) => viewport.zoomBy(STEP).applyConstraints(),
  out: ({ viewport }) => viewport.zoomBy(1 / STEP).applyConstraints(),
  whole: ({ viewport }) => viewport.goHome(calm.matches),
};

function act(figure, name) {
  if (name === "close") return closeAndReturn(figure);
  if (name === "fill") return fill(figure);
  lead(figure);
  return live.has(figure) && ACTS[name](live.get(figure));
}

function stepBack(figure) {
  return paneOf(figure).matches(":popover-open") ? fill(figure) : closeAndReturn(figure);
}

function prepare(figure) {
  openerOf(figure).hidden = false;
  openerOf(figure).addEventListener("click", () => open(figure));
  const pane = paneOf(figure);
  pane.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom-act]");
    if (button) act(figure, button.dataset.zoomAct);
  });
  pane.addEventListener("keydown", (event) => {
    if (event.key === "Escape") stepBack(figure);
  });
  const filler = pane.querySelector('[data-zoom-act="fill"]');
  filler.hidden = !("showPopover" in pane);
}

function leadTo(button) {
  const figure = document.getElementById(button.dataset.zoomOf);
  if (!figure?.matches(OPENABLE)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    figure.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    goTo(figure, button.dataset.zoomTo.split(",").map(Number));
  });
}

document.querySelectorAll(OPENABLE).forEach(prepare);
document.querySelectorAll("[data-zoom-to]").forEach(leadTo);
