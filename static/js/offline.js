// Rooms saved in this browser to be seen without a network: one on its own page, all on the list.
// Everything is fetched without cookies, so that nothing of who reads it is kept.
const ROOM = "room ";
const ABOUT = "/about-this-room";
const AT_ONCE = 4;
const ANYHOW = { ignoreVary: true };
const language = document.documentElement.lang;
const locale = language === "vi" ? "vi-VN" : "en-GB";
const can = "serviceWorker" in navigator && "caches" in window;

const megabytes = (bytes) => `${(bytes / 1e6).toLocaleString(locale, {
  minimumFractionDigits: 1, maximumFractionDigits: 1,
})} MB`;
const filled = (words, values) => Object.entries(values).reduce(
  (text, [name, value]) => text.replace(`%(${name})s`, value), words);
const placeOf = (pack) => `${ROOM}${pack.language} ${pack.room}`;

async function namesOf(place) {
  return (await caches.keys()).filter((name) => name === place || name.startsWith(`${place} `));
}

async function about(name) {
  const found = await (await caches.open(name)).match(ABOUT);
  return found ? found.json() : null;
}

async function savedRooms() {
  const names = (await caches.keys()).filter((name) => name.startsWith(ROOM));
  const rooms = await Promise.all(names.map(async (name) => ({ name, pack: await about(name) })));
  return rooms.filter(({ pack }) => pack);
}

async function forget(place, except) {
  const names = (await namesOf(place)).filter((name) => name !== except);
  await Promise.all(names.map((name) => caches.delete(name)));
}

class Full extends Error {}

async function refuseTooMuch(pack) {
  const { quota, usage } = await navigator.storage?.estimate?.() ?? {};
  if (quota !== undefined && quota - usage < pack.bytes * 1.2) throw new Full();
}

async function put(cache, url, isPage) {
  // What carries its content in its name need not be fetched again.
  const known = isPage ? undefined : await caches.match(url, ANYHOW);
  const response = known ?? await fetch(url, { credentials: "omit", cache: isPage ? "reload" : "default" });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  await cache.put(url, response);
}

async function fetchAll(cache, pack, step) {
  const waiting = [...pack.files.map((url) => [url, false]), ...pack.pages.map((url) => [url, true])];
  const whole = waiting.length;
  let done = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await put(cache, ...next);
      done += 1;
      step(done / whole);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function save(pack, step) {
  await refuseTooMuch(pack);
  const name = `${placeOf(pack)} ${pack.revision}`;
  const cache = await caches.open(name);
  try {
    await fetchAll(cache, pack, step);
    // Last of all: a room without this was not saved whole, and is passed over.
    await cache.put(ABOUT, new Response(JSON.stringify({ ...pack, at: Date.now() })));
  } catch (error) {
    await caches.delete(name);
    throw error.name === "QuotaExceededError" ? new Full() : error;
  }
  await forget(placeOf(pack), name);
  await navigator.storage?.persist?.();
}

async function offerRoom(control) {
  const words = JSON.parse(control.dataset.words);
  const [button, remover] = control.querySelectorAll("button");
  const bar = control.querySelector("progress");
  const says = control.querySelector("[role=status]");
  const pack = await (await fetch(control.dataset.pack, { credentials: "omit" })).json();
  const size = megabytes(pack.bytes);

  const show = (state) => {
    button.hidden = state === "saved" || state === "saving";
    button.textContent = filled(words.save, { size });
    remover.hidden = state !== "saved";
    bar.hidden = state !== "saving";
  };
  const keep = async () => {
    show("saving");
    says.textContent = words.saving;
    try {
      await navigator.serviceWorker.register("/sw.js");
      await save(pack, (share) => { bar.value = share; });
      show("saved");
      says.textContent = filled(words.saved, { size });
    } catch (error) {
      show("open");
      says.textContent = error instanceof Full ? filled(words.full, { size }) : words.broken;
    }
  };
  button.addEventListener("click", keep);
  remover.addEventListener("click", async () => {
    await forget(placeOf(pack));
    show("open");
    says.textContent = words.removed;
  });

  const [before] = (await savedRooms()).filter((room) => placeOf(room.pack) === placeOf(pack));
  control.hidden = false;
  if (!before) {
    show("open");
  } else if (before.pack.revision === pack.revision) {
    show("saved");
    says.textContent = filled(words.saved, { size });
  } else {
    await keep();
  }
}

async function list(element) {
  const words = JSON.parse(element.dataset.words);
  const rooms = (await savedRooms()).filter(({ pack }) => pack.language === language);
  const rows = rooms.map(({ pack }) => {
    const row = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: pack.pages[0] });
    const name = Object.assign(document.createElement("b"), { textContent: pack.name });
    const more = Object.assign(document.createElement("span"), {
      className: "muted",
      textContent: `${pack.exhibition} · ${megabytes(pack.bytes)} · ${new Date(pack.at).toLocaleDateString(locale)}`,
    });
    const remover = Object.assign(document.createElement("button"), {
      type: "button", className: "plain", textContent: words.remove,
    });
    remover.setAttribute("aria-label", `${words.remove}: ${pack.name}`);
    remover.addEventListener("click", async () => {
      await forget(placeOf(pack));
      await list(element);
    });
    link.append(name, more);
    row.append(link, remover);
    return row;
  });
  const none = Object.assign(document.createElement("li"), { textContent: words.none });
  element.replaceChildren(...(rows.length ? rows : [none]));
}

const control = document.getElementById("offline");
if (can && control) {
  const near = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    near.disconnect();
    offerRoom(control).catch(() => {});
  }, { rootMargin: "200px" });
  near.observe(control.parentElement);
}
const rooms = document.getElementById("saved-rooms");
if (rooms) {
  if (can) list(rooms);
  else rooms.firstElementChild.textContent = JSON.parse(rooms.dataset.words).unable;
}
