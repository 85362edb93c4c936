// When nobody has touched a kiosk for a while it asks, counts down, and begins anew.
// On its first page, untouched, it has nothing to forget and waits.
const dialog = document.getElementById("kiosk-idle");
const reset = document.getElementById("kiosk-reset");
const shown = document.getElementById("kiosk-seconds");
const idle = Number(dialog.dataset.idle);
const countdown = Number(dialog.dataset.countdown);
const atStart = location.pathname === dialog.dataset.start;
let touched = Date.now();
let armed = !atStart;

const isPlaying = () => [...document.querySelectorAll("audio, video")].some((each) => !each.paused);

function touch() {
  touched = Date.now();
  armed = true;
}

function look() {
  if (!armed) return;
  if (isPlaying()) touch();
  const left = idle + countdown - Math.floor((Date.now() - touched) / 1000);
  if (left <= 0) {
    armed = false;
    reset.requestSubmit();
  } else if (left <= countdown) {
    shown.textContent = left;
    if (!dialog.open) dialog.showModal();
  } else if (dialog.open) {
    dialog.close();
  }
}

// Behind the open question only its own button and the key Escape say that somebody is there.
for (const kind of ["pointerdown", "keydown", "wheel", "touchmove", "scroll"]) {
  addEventListener(kind, () => dialog.open || touch(), { passive: true, capture: true });
}
document.getElementById("kiosk-stay").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", touch);
addEventListener("contextmenu", (event) => event.preventDefault());
setInterval(look, 1000);
