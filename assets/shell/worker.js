// Keeps the app on the device: it opens at once, and without a network. A version is the pages and the files whose
// hashed names stand in them; it is kept as a whole or not at all. A new one takes over at the next navigation, and a
// page that is open finds its own files in the version before. Nothing but pages and files passes here.
const VERSION = "{{version}}";
const PAGES = {{pages}};
const FILES = {{files}};
const BUNDLES = {{bundles}};

const BASE = new URL("./", self.location.href);
const NAME = `samtavle ${BASE.pathname} `;
const kept = () => caches.open(NAME + VERSION);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOld()));
self.addEventListener("message", ({ data }) => data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== BASE.origin || !url.pathname.startsWith(BASE.pathname)) return;
  const path = url.pathname.slice(BASE.pathname.length);
  if (request.mode === "navigate") {
    const page = pageAt(path);
    if (page) event.respondWith(fromKept(new URL(page, BASE), request));
  } else if (path.startsWith("site/")) {
    event.respondWith(file(request, path));
  } else if (FILES.includes(path)) {
    event.respondWith(fromKept(request, request));
  }
});

async function install() {
  try {
    const cache = await kept();
    for (const [name, hash] of Object.entries(PAGES)) {
      const answer = await fetch(new URL(name, BASE), { cache: "no-cache" });
      const bytes = await answer.clone().arrayBuffer();
      if (!answer.ok || (await hashOf(bytes)) !== hash) throw new Error(`${name} is of another version`);
      await cache.put(new URL(name, BASE), answer);
    }
    const screens = await (await caches.open(`samtavle-screens ${BASE.pathname}`)).keys();
    const bundles = screens.flatMap(({ url }) => BUNDLES[url.split("/").pop()] ?? []);
    await cache.addAll([...new Set([...FILES, ...bundles])].map((path) => new URL(path, BASE)));
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

async function fromKept(what, request) {
  return (await (await kept()).match(what, { ignoreVary: true })) ?? fetch(request);
}

// Its name holds its hash: whichever version has it, it is the same.
async function file(request, path) {
  const known = await caches.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  // Another screen's bundle, or letters of another alphabet: for the next time.
  if (answer.ok && answer.type === "basic") await (await kept()).put(request, answer.clone()).catch(() => {});
  return answer;
}

async function hashOf(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.slice(0, 6), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
