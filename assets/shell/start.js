// Starts the client, in the bundle for this address and screen. Apart from the page because the site allows no inline script.
//
// Something else may come under a file's name: the page of a hotel's network that wants a log-in, or of a proxy, and the
// browser may keep it for as long as it would have kept the file. What does not start is fetched anew, past all that is
// kept, and is started if it is what its name says. What then does not start is told in words (able.js).
const { samtavle } = window;
samtavle.isStarted = true;

const BUNDLES = {{bundles}};
const STYLES = "{{styles}}";
const FONTS = {{fonts}};
const SMALL = "(max-width: 719px), (max-height: 479px)"; // as in app.rs
const TYPES = { js: "text/javascript", wasm: "application/wasm", css: "text/css", woff2: "font/woff2" };
const base = new URL(document.documentElement.dataset.base, location.href);
const screen = /\/wall\/[^/]+\/?$/.test(location.pathname) ? "wall" : matchMedia(SMALL).matches ? "phone" : "desk";
const here = (name) => new URL(name, import.meta.url).href;
const again = (name) => here(`${name}?again=${Date.now()}`); // under a name that nothing was kept of
const [script, wasm] = BUNDLES[screen];

const CALM_MS = 5000;
const PAINT_MS = 500; // a page in the background is not painted

class NotArrived extends Error {}

if (!samtavle.cannot) run().then(keep);

async function run() {
  try {
    await painted();
    document.fonts?.addEventListener?.("loadingerror", mendFonts, { once: true });
    const [{ default: init }] = await Promise.all([imported(), styled()]);
    await init({ module_or_path: await compiled() });
    document.getElementById("before")?.remove();
    document.dispatchEvent(new Event("samtavle:started"));
  } catch (trouble) {
    console.error(trouble);
    samtavle.failed(why(trouble));
  }
}

function why(trouble) {
  if (trouble instanceof NotArrived) return "arrived";
  const unreadable = [SyntaxError, WebAssembly.CompileError, WebAssembly.LinkError];
  return unreadable.some((kind) => trouble instanceof kind) ? "old" : "stopped"; // it is what it should be
}

// What the page itself shows comes first: on a phone it is the box to write in.
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, PAINT_MS);
  });
}

async function imported() {
  try {
    return await import(here(script));
  } catch {
    await anew(script);
    // A browser does not ask twice for a module that did not come.
    return import(again(script)).catch((trouble) => {
      throw trouble instanceof TypeError ? new NotArrived(trouble.message) : trouble;
    });
  }
}

async function compiled() {
  try {
    const answer = await fetch(here(wasm));
    const isStreamed = WebAssembly.compileStreaming && typeOf(answer) === TYPES.wasm;
    return await (isStreamed ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer()));
  } catch {
    return WebAssembly.compile(await anew(wasm));
  }
}

// The page has the styles of what it shows itself; these are the others.
async function styled() {
  try {
    await link(here(STYLES));
  } catch {
    await anew(STYLES);
    await link(again(STYLES));
  }
}

function link(href) {
  return new Promise((done, fail) => {
    const link = document.createElement("link");
    const onerror = () => fail(new NotArrived(href));
    Object.assign(link, { rel: "stylesheet", href, integrity: "{{styles_integrity}}", onload: done, onerror });
    document.head.append(link);
  });
}

// The file from the server itself, past the browser's own store and the worker's, in which it takes the place of what
// was there.
async function anew(name) {
  const answer = await fetch(here(name), { cache: "reload" }).catch(() => undefined);
  const bytes = answer?.ok && (await answer.arrayBuffer().catch(() => undefined));
  if (!bytes || !(await isRight(name, answer, bytes))) throw new NotArrived(name);
  return bytes;
}

// Its name holds its hash. Without HTTPS no hash can be taken, and its type has to do.
async function isRight(name, answer, bytes) {
  if (!crypto.subtle) return typeOf(answer) === TYPES[name.split(".").pop()];
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return name.includes(`-${hex.slice(0, 12)}.`);
}

function typeOf(answer) {
  return answer.headers.get("content-type")?.split(";")[0].trim().toLowerCase();
}

// A page shows its letters otherwise until it is loaded the next time; nothing else waits for them.
function mendFonts() {
  for (const font of FONTS) anew(font).catch(() => {}); // without a network there is nothing to mend with
}

// So that it opens without a network: worker.js.
async function keep() {
  if (!navigator.serviceWorker || !isSecureContext) return;
  try {
    const wanted = await caches.open(`samtavle-screens ${base.pathname}`);
    await wanted.put(new URL(`site/${screen}`, base), new Response());
    const worker = new URL("worker.js", base);
    const kept = await navigator.serviceWorker.register(worker, { scope: base.pathname, updateViaCache: "none" });
    takeOverInCalm(kept);
    kept.addEventListener("updatefound", () => {
      const { installing } = kept;
      installing.addEventListener("statechange", () => installing.state === "installed" && takeOverInCalm(kept));
    });
  } catch {
    // This browser, or this window, keeps nothing: all works as long as there is a network. Or there is none now.
    if (!navigator.onLine) addEventListener("online", keep, { once: true });
  }
}

// A new version takes over the pages that come after this one. Not at once: Chromium can leave a page that is opened in
// that very moment without an answer, and it is soon after a page has come that people go on to the next. The one that is
// there looks through what it has kept, for what has become something else.
function takeOverInCalm(kept) {
  setTimeout(() => {
    kept.waiting?.postMessage("take over");
    kept.active?.postMessage("look through");
  }, CALM_MS);
}

// Somebody has cleared the site's data while its page was open (client/src/replica/copy.rs).
addEventListener("samtavle:cleared", keep);
