// The page starts with the files that it was made with, whatever came under their names once; and where it cannot start,
// it says so in the person's language, says what to do, and takes no words that cannot leave.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Barriers } from "../harness/axe.mjs";
import { startProxy } from "../harness/proxies.mjs";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const TEXTS = Object.fromEntries(
  ["nb", "nn", "en"].map((language) => [language, JSON.parse(readFileSync(new URL(`../../../assets/shell/${language}.json`, import.meta.url), "utf8"))]),
);
const NO_WASM = { flags: ["--js-flags=--jitless"], isReady: false }; // as an iPhone in Lockdown Mode has it

const why = (person) => person.page.locator(".before__sorry").getAttribute("data-why");
const said = (person) => person.page.locator(".before__sorry").innerText();
const isKept = (person) => person.page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state === "activated"));

// Everything in the worker's store is what its name, or the server, says.
function wrongInStore(person) {
  return person.page.evaluate(async () => {
    const hex = async (answer) => {
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
      return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 12);
    };
    const wrong = [];
    for (const name of (await caches.keys()).filter((name) => !name.startsWith("samtavle-screens"))) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        const fromServer = () => fetch(url.replace(/(index|below|wall)\.html$/, (page) => ({ "index.html": "", "below.html": "board/x", "wall.html": "wall/x" })[page]), { cache: "no-store" });
        const expected = /-([0-9a-f]{12})\.\w+$/.exec(url)?.[1] ?? (await hex(await fromServer()));
        if ((await hex(await cache.match(url))) !== expected) wrong.push(new URL(url).pathname);
      }
    }
    return wrong;
  });
}

// What once came from a portal stands in the store under these names, as a worker that did not look kept it.
function poison(person, ending, type) {
  return person.page.evaluate(
    async ([ending, type]) => {
      let poisoned = 0;
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const { url } of await cache.keys()) {
          if (!new RegExp(ending).test(url)) continue;
          await cache.put(url, new Response("<h1>Logg inn</h1>", { headers: { "content-type": type } }));
          poisoned += 1;
        }
      }
      return poisoned;
    },
    [ending, type],
  );
}

test("the page says the same in every language", () => {
  for (const other of [TEXTS.nn, TEXTS.en]) assert.deepEqual(Object.keys(TEXTS.nb), Object.keys(other));
  const script = readFileSync(new URL("../../../assets/shell/able.js", import.meta.url), "utf8");
  for (const key of Object.keys(TEXTS.nb)) assert.match(script, new RegExp(`text\\.${key}\\b|"${key}"`), `${key} is said nowhere`);
});

// Over HTTPS (the machine itself) a worker keeps the app, over plain HTTP only the browser keeps files.
for (const [where, host] of [["with a worker", undefined], ["without a worker", "tavle.test"]]) {
  story(`a log-in page that came once under a file's name is gone with the next load, ${where}`, async ({ people, server, board }) => {
    for (const files of [/\.wasm$/, /site\/client[\w-]*\.js$/, /\.css$/, /site\/start/]) {
      const proxy = await startProxy(server.port);
      try {
        proxy.wantsLogin(files);
        const ali = await people.phone("Ali", { through: proxy, host, isReady: false });
        await untilEqual(`it is told that not all came: ${files}`, () => why(ali), "arrived");
        assert.match(await said(ali), new RegExp(TEXTS.en.portal.slice(0, 30)));
        assert.equal(await ali.by("shell-field").isVisible(), false, "nothing is taken that cannot leave");
        proxy.wantsLogin();
        await ali.reload();
        if (host) continue;
        await until("the worker is there", () => isKept(ali));
        await untilEqual("what it keeps is what it should be", () => wrongInStore(ali), []);
      } finally {
        await proxy.close();
      }
    }
    const proxy = await startProxy(server.port);
    try {
      proxy.wantsLogin(/\.woff2$|manifest|icons/);
      const ali = await people.phone("Ali", { through: proxy, host }); // what it can do without holds up nobody
      proxy.wantsLogin();
      await ali.reload();
      const letters = () => ali.page.evaluate(async () => (await document.fonts.load("16px Hyperlegible")).map((font) => font.status));
      await until("the letters are ours again", async () => {
        if ((await letters().catch(() => [])).includes("loaded")) return true;
        await ali.reload();
        return false;
      }, { each: 300 });
      if (!host) {
        await until("the worker is there", () => isKept(ali));
        await untilEqual("what it keeps is what it should be", () => wrongInStore(ali), []);
      }
    } finally {
      await proxy.close();
    }
    assert.ok(board.id);
  });
}

story("what has become something else in the worker's store is mended by the start that needs it, and the rest soon after", async ({ people }) => {
  const kari = await people.desk("Kari");
  await until("the worker is there", () => isKept(kari));
  await kari.reload();
  for (const [ending, type] of [
    ["\\.wasm$", "application/wasm"],
    ["site/client.*\\.js$", "text/javascript"],
    ["site/client.*\\.js$", "text/html"],
    ["\\.css$", "text/css"],
    ["site/start.*\\.js$", "text/html"],
  ]) {
    assert.ok(await poison(kari, ending, type), ending);
    await kari.reload();
    await untilEqual(`${ending} is right again`, () => wrongInStore(kari), []);
  }
  for (const ending of ["\\.woff2$", "icons/", "manifest", "below\\.html$"]) assert.ok(await poison(kari, ending, "text/plain"), ending);
  await kari.page.evaluate(() => navigator.serviceWorker.controller.postMessage("look through"));
  await untilEqual("all that was looked through is right", () => wrongInStore(kari), []);

  await poison(kari, "\\.wasm$", "application/wasm");
  await kari.losesTheNetwork();
  await kari.page.reload();
  await untilEqual("without a network it says so", () => why(kari), "arrived");
  await kari.getsTheNetworkBack(); // the page hears of it and loads itself again
  await kari.isReady();
});

story("a network that is back and does not carry the first that is asked of it is tried again soon", async ({ people, server }) => {
  const proxy = await startProxy(server.port);
  try {
    proxy.wantsLogin(/\.wasm$/);
    const ali = await people.phone("Ali", { through: proxy, isReady: false });
    await untilEqual("it is told that not all came", () => why(ali), "arrived");
    await ali.page.evaluate(() => dispatchEvent(new Event("online")));
    const triesLeft = () => ali.page.evaluate(() => sessionStorage.getItem("samtavle.again")).catch(() => undefined);
    await untilEqual("it tried, in vain", triesLeft, "2");
    proxy.wantsLogin();
    await ali.isReady();
  } finally {
    await proxy.close();
  }
});

story("without WebAssembly each page says so at once, in the person's language, and what to do", async ({ people, board }) => {
  const barriers = new Barriers();
  const links = { desk: board.links.participant, phone: board.links.participant, wall: board.links.wall };
  for (const [screen, language, elsewhere] of [["desk", "nb", "elsewhere"], ["phone", "nn", "elsewhere"], ["wall", "en", "elsewhere_wall"]]) {
    const { pathname, hash } = new URL(links[screen]);
    const somebody = await people.at(screen, pathname + hash, { ...NO_WASM, language });
    await untilEqual("it says why", () => why(somebody), "no_wasm");
    const words = await said(somebody);
    for (const key of ["browser", "no_wasm", elsewhere]) assert.ok(words.includes(TEXTS[language][key]), `${screen}: ${words}`);
    assert.equal(await somebody.page.locator("html").getAttribute("lang"), language);
    assert.equal(await somebody.by("shell-field").isVisible(), false);
    assert.ok(!words.includes(TEXTS[language].lockdown));
    await barriers.lookAtBoth(somebody, `${screen} without WebAssembly`);
    await somebody.page.waitForLoadState();
    assert.deepEqual(await somebody.page.evaluate(() => caches.keys()), [], "nothing is kept that cannot start");
  }
  const iPhone = { ...NO_WASM, userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1" };
  const given = () => Object.defineProperty(Navigator.prototype, "vendor", { get: () => "Apple Computer, Inc." });
  const eva = await people.at("phone", new URL(board.links.participant).pathname + new URL(board.links.participant).hash, { ...iPhone, given });
  assert.match(await said(eva), /Lockdown Mode/);
  await eva.page.evaluate((id) => {
    localStorage.setItem(`samtavle.draft.${id}`, "problem\nSkrevet før");
    localStorage.setItem(`samtavle.posted.${id}`, JSON.stringify([{ id: "0", kind: "", text: "Lagt på før" }]));
  }, board.id);
  await eva.page.reload();
  await untilEqual("what was written before can be taken along", () => eva.by("unsent-words").inputValue(), "Lagt på før\n\nSkrevet før");
  await barriers.lookAtBoth(eva, "an iPhone in Lockdown Mode");
  const home = await people.at("phone", "/", { ...NO_WASM, language: "nn" });
  assert.ok((await said(home)).includes(new URL(home.line.address).host));
  barriers.expectNone();
});

story("a browser that is too old, or stops, says so; what was typed stays and can be copied", async ({ people, board }) => {
  const { pathname, hash } = new URL(board.links.participant);
  const at = (given, more) => people.at("phone", pathname + hash, { given, ...more });
  const before = await at(() => delete HTMLScriptElement.prototype.noModule);
  assert.equal(await why(before), "old");

  const refusing = () => {
    const refuse = () => new Promise((_, fail) => setTimeout(() => fail(new WebAssembly.CompileError("invalid opcode")), 2_000));
    Object.assign(WebAssembly, { compile: refuse, compileStreaming: refuse });
  };
  const ali = await at(refusing, { permissions: ["clipboard-read", "clipboard-write"], language: "nb" });
  await ali.by("shell-field").fill("Bussen kommer ikke");
  await ali.by("shell-post").tap();
  await ali.by("shell-field").fill("Ingen spurte meg");
  await untilEqual("it cannot read what came", () => why(ali), "old");
  assert.equal(await ali.by("unsent-words").inputValue(), "Bussen kommer ikke\n\nIngen spurte meg");
  assert.equal(await ali.by("shell-field").isVisible(), false);
  await ali.page.getByRole("button", { name: TEXTS.nb.copy_words }).tap();
  await ali.page.getByRole("button", { name: TEXTS.nb.copied }).waitFor();
  assert.equal(await ali.page.evaluate(() => navigator.clipboard.readText()), "Bussen kommer ikke\n\nIngen spurte meg");
  await ali.page.getByRole("button", { name: TEXTS.nb.copy_link }).tap();
  await until("the link is copied", async () => (await ali.page.evaluate(() => navigator.clipboard.readText())) === ali.page.url());

  const stopping = () => {
    WebAssembly.instantiate = () => Promise.reject(new WebAssembly.RuntimeError("unreachable"));
  };
  const kari = await at(stopping);
  await untilEqual("it says that it stopped", () => why(kari), "stopped");
  await kari.page.getByRole("button", { name: TEXTS.en.reload }).waitFor();
});
