// The room's picture and the list of what stands in it are there without this. On a tap Pannellum
// is fetched and the room is seen all round; the address says so, and back leaves it again.
const place = document.getElementById("place");
const scene = document.getElementById("scene");
const enterButton = document.getElementById("enter");
const tools = scene.querySelector(".walk-tools");
const says = scene.querySelector(".scene-says");
const links = [...document.querySelectorAll("#places a[data-yaw]")];
const words = JSON.parse(scene.dataset.words);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const saving = Boolean(navigator.connection?.saveData);
const MARK = "#walk";
const LARGE = 4096;
const TURNING = 700;
// Degrees below an object's middle, so that its number does not cover it.
const BELOW = 10;

let stage = null;
let viewer = null;

function textureLimit() {
  const context = document.createElement("canvas").getContext("webgl");
  const limit = context?.getParameter(context.MAX_TEXTURE_SIZE) ?? 0;
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return limit;
}

function say(text) {
  says.textContent = text ?? "";
  says.hidden = !text;
}

function headingInAddress() {
  const [yaw, pitch] = location.hash.slice(MARK.length + 1).split(",").map(Number);
  return Number.isFinite(yaw) && Number.isFinite(pitch) ? { yaw, pitch } : null;
}

function keepHeading() {
  if (!viewer?.isLoaded()) return;
  const [yaw, pitch] = [viewer.getYaw(), viewer.getPitch()].map((angle) => angle.toFixed(1));
  history.replaceState(history.state, "", `${location.pathname}${MARK}=${yaw},${pitch}`);
}

function fetchStyle() {
  if (document.querySelector("link[data-walk]")) return;
  const link = Object.assign(document.createElement("link"), {
    rel: "stylesheet", href: scene.dataset.css,
  });
  link.dataset.walk = "";
  document.head.append(link);
}

// Doors lead on into the next room as a place, not to its first picture.
function throughDoor(link) {
  return "door" in link.dataset ? `${link.pathname}?walk` : link.pathname;
}

function makeSpot(box, link) {
  const spot = document.createElement("a");
  const name = link.querySelector("span").textContent.trim();
  spot.href = throughDoor(link);
  spot.className = "door" in link.dataset ? "spot spot-door" : "spot";
  spot.setAttribute("aria-label", name);
  const sign = document.createElement("b");
  sign.textContent = link.dataset.number || "→";
  const label = document.createElement("span");
  label.textContent = name.replace(link.dataset.number, "").trim();
  spot.append(sign, label);
  spot.addEventListener("click", keepHeading);
  box.append(spot);
}

function spotOf(link) {
  return {
    yaw: Number(link.dataset.yaw), cssClass: "spot-place",
    pitch: Number(link.dataset.pitch) - ("door" in link.dataset ? 0 : BELOW),
    createTooltipFunc: makeSpot, createTooltipArgs: link,
  };
}

// A finger that moves up or down scrolls the page past the room; sideways it turns the view.
function letPageScroll(element) {
  let start = null;
  let isScrolling = null;
  element.addEventListener("touchstart", (event) => {
    [start, isScrolling] = [event.touches[0], null];
  }, { capture: true, passive: true });
  element.addEventListener("touchmove", (event) => {
    const now = event.touches[0];
    const sideways = Math.abs(now.clientX - start.clientX);
    isScrolling ??= event.touches.length === 1 && Math.abs(now.clientY - start.clientY) > sideways;
    if (isScrolling) event.stopPropagation();
  }, { capture: true, passive: true });
}

function makeStage() {
  stage = document.createElement("div");
  stage.className = "walk-stage";
  letPageScroll(stage);
  scene.append(stage);
}

function show(panorama, heading) {
  viewer = globalThis.pannellum.viewer(stage, {
    type: "equirectangular", panorama, autoLoad: true, showControls: false, mouseZoom: false,
    ignoreGPanoXMP: true, escapeHTML: true, hfov: scene.clientWidth < 700 ? 72 : 100, minHfov: 40,
    maxHfov: 110, minPitch: -60, maxPitch: 60, friction: calm.matches ? 1 : 0.15,
    yaw: heading.yaw, pitch: heading.pitch, hotSpots: links.map(spotOf),
  });
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", scene.dataset.label);
  viewer.on("load", drawn);
  viewer.on("error", () => giveUp(words.broken));
  for (const event of ["mouseup", "touchend", "animatefinished"]) viewer.on(event, keepHeading);
}

function drawn() {
  say("");
  stage.classList.add("drawn");
  tools.hidden = false;
  stage.focus({ preventScroll: true });
  lookAhead();
}

// What lies behind the doors is fetched while one looks around.
function lookAhead() {
  if (saving) return;
  for (const link of links.filter((each) => "door" in each.dataset)) {
    for (const href of [`${link.pathname}?walk`, link.dataset.behind]) {
      if (href) document.head.append(Object.assign(document.createElement("link"), { rel: "prefetch", href }));
    }
  }
}

async function open(heading) {
  const limit = textureLimit();
  if (!limit) return giveUp(words.unable);
  place.classList.add("walking");
  say(words.loading);
  fetchStyle();
  makeStage();
  try {
    await import("pannellum");
  } catch {
    return giveUp(words.broken);
  }
  const panorama = saving || limit < LARGE ? scene.dataset.small : scene.dataset.panorama;
  if (stage) show(panorama, heading ?? { yaw: Number(scene.dataset.yaw), pitch: Number(scene.dataset.pitch) });
  return undefined;
}

function close() {
  try {
    viewer?.destroy();
  } catch {
    // It is taken off the page all the same.
  }
  stage?.remove();
  stage = viewer = null;
  tools.hidden = true;
  place.classList.remove("walking");
}

function giveUp(text) {
  leaveAddress();
  close();
  say(text);
  enterButton.focus({ preventScroll: true });
}

function leaveAddress() {
  if (location.hash.startsWith(MARK)) history.replaceState(null, "", location.pathname);
}

function enter() {
  if (stage) return;
  history.pushState({ entered: true }, "", `${location.pathname}${MARK}`);
  open(null);
}

function leave() {
  if (history.state?.entered) return history.back();
  leaveAddress();
  close();
  enterButton.focus({ preventScroll: true });
  return undefined;
}

function turnTo(link) {
  if (!viewer?.isLoaded()) return;
  viewer.lookAt(Number(link.dataset.pitch), Number(link.dataset.yaw), undefined, calm.matches ? false : TURNING);
  keepHeading();
}

enterButton.classList.add("ready");
enterButton.addEventListener("click", enter);
scene.querySelector("[data-leave]").addEventListener("click", leave);
scene.querySelectorAll("[data-closer]").forEach((button) => {
  button.addEventListener("click", () => {
    viewer?.setHfov(viewer.getHfov() + Number(button.dataset.closer), calm.matches ? false : 300);
  });
});
place.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && stage) leave();
});
for (const link of links) {
  link.addEventListener("focus", () => turnTo(link));
  link.addEventListener("click", () => {
    if (!stage) return;
    keepHeading();
    if ("door" in link.dataset) link.search = "?walk";
  });
}
addEventListener("popstate", () => {
  const isAsked = location.hash.startsWith(MARK);
  if (isAsked && !stage) open(headingInAddress());
  if (!isAsked && stage) {
    close();
    enterButton.focus({ preventScroll: true });
  }
});

if (location.hash.startsWith(MARK)) open(headingInAddress());
else if (new URLSearchParams(location.search).has("walk")) {
  history.replaceState(null, "", `${location.pathname}${MARK}`);
  open(null);
}
