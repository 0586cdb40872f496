// Keeps the app on the device: it opens at once, and without a network. A version is the pages and the files whose
// hashed names stand in them; it is kept as a whole or not at all. A new one takes over at the next navigation, and a
// page that is open finds its own files in the version before. Nothing but pages and files passes here.
//
// What is kept is what its hash says: else the log-in page of a network, which came once under a file's name, would be
// the file for ever. It is looked at when it is put in, and again soon after each start, when nobody waits for it; a
// page that cannot start with what it got asks past the store, and what comes takes the place of what was there.
const VERSION = "{{version}}";
const PAGES = {{pages}};
const FILES = {{files}};
const BUNDLES = {{bundles}};
const TYPES = {
  js: "text/javascript; charset=utf-8",
  wasm: "application/wasm",
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
};

const BASE = new URL("./", self.location.href);
const NAME = `samtavle ${BASE.pathname} `;
const ANY = { ignoreVary: true, ignoreSearch: true };
const kept = () => caches.open(NAME + VERSION);
const at = (path) => new URL(path, BASE);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "look through") event.waitUntil(lookThrough());
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== BASE.origin || !url.pathname.startsWith(BASE.pathname)) return;
  const path = url.pathname.slice(BASE.pathname.length);
  if (request.mode === "navigate") {
    const page = pageAt(path);
    // A mail program's slash at the end: the page would look for its files in another place.
    const bare = path.replace(/\/+$/, "");
    if (page) event.respondWith(fromKept(page, request));
    else if (bare !== path && pageAt(bare)) event.respondWith(Response.redirect(new URL(bare + url.search, BASE)));
  } else if (path.startsWith("site/")) {
    event.respondWith(file(event, path));
  } else if (typeof FILES[path] === "string") {
    event.respondWith(fromKept(path, request));
  }
});

async function install() {
  try {
    const cache = await kept();
    for (const name of Object.keys(PAGES)) await cache.put(at(name), await right(name, "no-cache"));
    const screens = await (await caches.open(`samtavle-screens ${BASE.pathname}`)).keys();
    const bundles = screens.flatMap(({ url }) => BUNDLES[url.split("/").pop()] ?? []);
    const paths = [...new Set([...Object.keys(FILES), ...bundles])];
    await Promise.all(paths.map(async (path) => cache.put(at(path), await right(path))));
  } catch (trouble) {
    await caches.delete(NAME + VERSION);
    throw trouble;
  }
}

async function forgetOld() {
  const versions = (await caches.keys()).filter((name) => name.startsWith(NAME));
  for (const name of versions.slice(0, -2)) await caches.delete(name);
}

function pageAt(path) {
  if (path === "") return "index.html";
  if (/^(board|join)\/[^/]+$/.test(path)) return "below.html";
  return /^wall\/[^/]+$/.test(path) && "wall.html";
}

async function fromKept(path, request) {
  return (await (await kept()).match(at(path), ANY)) ?? fetch(request);
}

async function file(event, path) {
  const { request } = event;
  const known = request.cache === "reload" ? undefined : await find(path);
  if (known) return known;
  const answer = await fetch(request);
  // Another screen's bundle, or letters of another alphabet: for the next time.
  if (answer.ok && answer.type === "basic") event.waitUntil(put(path, answer.clone()));
  return answer;
}

// Its name holds its hash: whichever version has it, it is the same. What a former version has kept nobody may have
// looked at.
async function find(path) {
  const own = await (await kept()).match(at(path), ANY);
  if (own) return own;
  const found = await caches.match(at(path), ANY);
  return found && checked(path, found);
}

async function put(path, answer) {
  const whole = await checked(path, answer);
  if (whole) await (await kept()).put(at(path), whole).catch(() => {}); // no room: there is the network
}

// A file as it should be. Who asks the server for one may get what the browser has kept under its name, so once more
// past that; and for a portal's page in its place there is nothing to be done here.
async function right(path, ...how) {
  for (const cache of [...how, "default", "reload"]) {
    const answer = await fetch(at(path), { cache });
    const whole = answer.ok && (await checked(path, answer));
    if (whole) return whole;
  }
  throw new Error(`${path} is of another version, or something else`);
}

// The answer, if its bytes are what their hash says; and then it is of their kind, whatever a proxy has called it.
async function checked(path, answer) {
  const bytes = await answer.arrayBuffer();
  if ((await hashOf(bytes)) !== hashFor(path)) return undefined;
  const headers = new Headers(answer.headers);
  for (const packing of ["content-encoding", "content-length"]) headers.delete(packing); // it is unpacked
  const type = TYPES[path.split(".").pop()];
  if (type) headers.set("content-type", type);
  return new Response(bytes, { headers });
}

function hashFor(path) {
  return PAGES[path] ?? FILES[path] ?? /-([0-9a-f]{12})\.\w+$/.exec(path)?.[1];
}

// Mends what is not what it should be. What cannot be mended now is not kept: the network may have it next time.
async function lookThrough() {
  const cache = await kept();
  for (const { url } of await cache.keys()) {
    const path = new URL(url).pathname.slice(BASE.pathname.length);
    const answer = await cache.match(url);
    if (!answer || (await checked(path, answer))) continue;
    try {
      await cache.put(at(path), await right(path));
    } catch {
      await cache.delete(url);
    }
  }
}

async function hashOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.slice(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
