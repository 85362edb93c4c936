// Answers for rooms that were saved when the network does not. It saves nothing itself: what is
// in the caches was put there on request by shop/offline, fetched without cookies.
// The server puts VERSION before this, another one with every change of a static file.
const ROOM = "room ";
const ABOUT = "/about-this-room";
const PATIENCE = 4000;
const GALLERY = /^\/(vi|en)\/gallery(\/|$)/;
const PLACARD = /^\/p\/([0-9a-z]+)$/i;
const STOP = /^\/(vi|en)\/gallery\/stop$/;
const MEDIA = /^\/media\/([0-9a-z]{12})(-\d+)?\.(avif|webp)$/;
const ANYHOW = { ignoreVary: true };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function rooms() {
  const names = (await caches.keys()).filter((name) => name.startsWith(ROOM));
  const found = await Promise.all(names.map(async (name) => {
    const about = await (await caches.open(name)).match(ABOUT);
    return about ? about.json() : null;
  }));
  return found.filter(Boolean);
}

const later = (time) => new Promise((_, refuse) => {
  setTimeout(() => refuse(new Error("no answer")), time);
});

// The page says of itself that it is a copy: its line is there, hidden.
async function asCopy(response) {
  const text = (await response.text()).replace('id="saved-copy" hidden', 'id="saved-copy"');
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(text, { status: 200, headers });
}

async function byNumber(url) {
  const code = PLACARD.exec(url.pathname)?.[1].toLowerCase();
  const number = STOP.test(url.pathname) ? url.searchParams.get("number")?.trim() : undefined;
  for (const room of await rooms()) {
    const page = room.placards[code] ?? room.numbers[number] ?? room.placards[number];
    if (page) return Response.redirect(page, 302);
  }
  return undefined;
}

async function insteadOf(url, copy) {
  if (copy) return asCopy(copy);
  const placard = await byNumber(url);
  if (placard) return placard;
  const language = GALLERY.exec(url.pathname)?.[1] ?? (await rooms())[0]?.language ?? "vi";
  const list = await caches.match(`/${language}/gallery/saved`, ANYHOW);
  return list ? asCopy(list) : Response.error();
}

async function page(request) {
  const url = new URL(request.url);
  const copy = await caches.match(url.pathname, ANYHOW);
  const fresh = fetch(request);
  fresh.catch(() => {});
  try {
    return await (copy ? Promise.race([fresh, later(PATIENCE)]) : fresh);
  } catch {
    return insteadOf(url, copy);
  }
}

// Of each picture one size is saved, whichever the page asks for.
async function inAnotherSize(id) {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(ROOM))) {
    const cache = await caches.open(name);
    const same = (await cache.keys()).find(({ url }) => MEDIA.exec(new URL(url).pathname)?.[1] === id);
    if (same) return cache.match(same, ANYHOW);
  }
  return undefined;
}

// Players ask for a part of a recording, and some take nothing else.
async function part(response, range) {
  const body = await response.blob();
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (!first && !last) return new Response(body, { headers: response.headers });
  const start = first ? Number(first) : Math.max(0, body.size - Number(last));
  const end = first && last ? Math.min(Number(last), body.size - 1) : body.size - 1;
  return new Response(body.slice(start, end + 1), {
    status: 206,
    headers: {
      "Content-Type": response.headers.get("Content-Type") ?? "",
      "Content-Range": `bytes ${start}-${end}/${body.size}`,
      "Content-Length": String(end - start + 1),
      "Accept-Ranges": "bytes",
    },
  });
}

async function file(request) {
  const url = new URL(request.url);
  const range = request.headers.get("Range");
  const copy = await caches.match(url.pathname, ANYHOW);
  if (copy) return range ? part(copy, range) : copy;
  try {
    return await fetch(request);
  } catch (error) {
    const picture = MEDIA.exec(url.pathname);
    const other = picture && await inAnotherSize(picture[1]);
    if (other) return other;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const { pathname } = url;
  if (request.mode === "navigate") {
    if (GALLERY.test(pathname) || PLACARD.test(pathname)) event.respondWith(page(request));
  } else if (pathname.startsWith("/static/") || pathname.startsWith("/media/")) {
    event.respondWith(file(request));
  }
});
