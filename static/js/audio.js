// Without this the browser's own controls play the guide. With it they give way to ours, which
// show what is being said as it is said.
const RADIX = 60;

function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / RADIX)}:${String(whole % RADIX).padStart(2, "0")}`;
}

function control(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

function dress(player) {
  const audio = player.querySelector("audio");
  const words = JSON.parse(player.dataset.words);
  const length = () => audio.duration || Number(player.dataset.seconds);
  const button = control("button", { type: "button", className: "play" });
  const seek = control("input", { type: "range", min: 0, max: Math.round(length()), value: 0 });
  const time = control("span", { className: "time" });
  const caption = control("p", { className: "caption", hidden: true });
  caption.lang = audio.querySelector("track").srclang;

  const show = () => {
    const place = `${clock(audio.currentTime)} / ${clock(length())}`;
    seek.value = audio.currentTime;
    seek.setAttribute("aria-valuetext", place);
    time.textContent = place;
  };
  const showState = () => {
    button.classList.toggle("playing", !audio.paused);
    button.setAttribute("aria-label", audio.paused ? words.play : words.pause);
  };
  const giveUp = () => {
    caption.textContent = words.broken;
    caption.hidden = false;
    const transcript = document.getElementById("transcript");
    if (transcript) transcript.open = true;
  };
  const [track] = audio.textTracks;
  const play = async () => {
    track.mode = "hidden";
    document.querySelectorAll("audio").forEach((each) => each !== audio && each.pause());
    try {
      await audio.play();
    } catch {
      giveUp();
    }
  };

  seek.setAttribute("aria-label", words.seek);
  button.addEventListener("click", () => (audio.paused ? play() : audio.pause()));
  seek.addEventListener("input", () => { audio.currentTime = Number(seek.value); });
  for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, showState);
  for (const name of ["timeupdate", "durationchange", "seeked"]) audio.addEventListener(name, show);
  audio.addEventListener("error", giveUp);
  track.addEventListener("cuechange", () => {
    const said = [...(track.activeCues ?? [])].map((cue) => cue.text).join(" ");
    caption.textContent = said || caption.textContent;
    caption.hidden = !caption.textContent;
  });
  audio.controls = false;
  player.classList.add("dressed");
  player.append(button, seek, time);
  player.after(caption);
  show();
  showState();
}

document.querySelectorAll(".player").forEach(dress);
