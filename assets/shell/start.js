// Starts the client, in the bundle for this address and screen. Apart from the page because the site allows no inline script.
const BUNDLES = {{bundles}};
const SMALL = "(max-width: 719px), (max-height: 479px)"; // as in app.rs
const base = new URL(document.documentElement.dataset.base, location.href);
const screen = /\/wall\/[^/]+\/?$/.test(location.pathname) ? "wall" : matchMedia(SMALL).matches ? "phone" : "desk";
const here = (name) => new URL(name, import.meta.url);
const [script, wasm] = BUNDLES[screen];

const CALM_MS = 5000;
const PAINT_MS = 500; // a page in the background is not painted

run().then(keep);

async function run() {
  try {
    await painted();
    const [{ default: init }] = await Promise.all([import(here(script)), styled()]);
    await init({ module_or_path: here(wasm) });
    document.getElementById("before")?.remove();
    document.dispatchEvent(new Event("samtavle:started"));
  } catch (trouble) {
    console.error(trouble);
    document.getElementById("before")?.classList.add("before--failed");
    document.dispatchEvent(new Event("samtavle:failed"));
  }
}

// What the page itself shows comes first: on a phone it is the box to write in.
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, PAINT_MS);
  });
}

// The page has the styles of what it shows itself; these are the others.
function styled() {
  return new Promise((done, fail) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: here("{{styles}}").href, onload: done, onerror: fail });
    document.head.append(link);
  });
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
    // This browser, or this window, keeps nothing: all works as long as there is a network.
  }
}

// A new version takes over the pages that come after this one. Not at once: Chromium can leave a page that is opened in
// that very moment without an answer, and it is soon after a page has come that people go on to the next.
function takeOverInCalm(kept) {
  setTimeout(() => kept.waiting?.postMessage("take over"), CALM_MS);
}
