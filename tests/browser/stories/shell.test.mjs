// Before the client is there: the box to write in. Without a network: the page all the same.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

// A phone at the board's address whose client does not arrive until `arrives()`.
async function waitingPhone({ people, board }, options) {
  const kari = await people.at("phone", "/check", options);
  let arrives;
  const arrived = new Promise((resolve) => (arrives = resolve));
  await kari.page.route("**/client-*.wasm", async (route) => {
    await arrived;
    await route.continue().catch(() => {}); // the page has left meanwhile
  });
  const { pathname, hash } = new URL(board.links.participant);
  const address = kari.line.address + pathname + hash;
  await kari.page.goto(address, { waitUntil: "commit" });
  await kari.by("shell-field").waitFor();
  return { kari, arrives, address };
}

const focused = (person) =>
  person.page.evaluate(() => {
    const { dataset, selectionStart, selectionEnd } = document.activeElement;
    return [dataset.testid, selectionStart, selectionEnd];
  });

const allTexts = (truth) => [...truth.doc.getMap("notes").values()].map((note) => note.get("text").toString()).sort();

const isKept = (person) => person.page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active.state));

// Everything the page needs is on the device.
async function keepsTheApp(person) {
  await until(`${person.name}'s worker is there`, async () => (await isKept(person)) === "activated");
}

story("no letter that is typed while the client comes is lost, and the caret stays where it is", async (scene) => {
  const { kari, arrives } = await waitingPhone(scene);
  await kari.by("shell-field").tap();
  await kari.page.keyboard.type("Bussen kommer", { delay: 5 });
  for (let step = 0; step < "kommer".length; step += 1) await kari.page.keyboard.press("ArrowLeft");
  const typing = kari.page.keyboard.type("til oss som bor langt inne i dalen, ", { delay: 60 });
  setTimeout(arrives, 300);
  await typing;
  const words = "Bussen til oss som bor langt inne i dalen, kommer";
  await untilEqual("the client's box has it all", () => kari.by("compose").inputValue(), words);
  assert.equal(await kari.by("shell-field").count(), 0);
  const caret = words.length - "kommer".length;
  assert.deepEqual(await focused(kari), ["compose", caret, caret]);
  await kari.page.keyboard.type("aldri ");
  await kari.isSaved();
  await kari.reload();
  assert.equal(await kari.by("compose").inputValue(), "Bussen til oss som bor langt inne i dalen, aldri kommer");
});

story("a word that an input method composes is not cut when the client comes", async (scene) => {
  const { kari, arrives } = await waitingPhone(scene);
  await kari.by("shell-field").tap();
  const keyboard = await kari.context.newCDPSession(kari.page);
  await keyboard.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  arrives();
  await kari.by("compose").waitFor({ state: "attached" });
  await kari.isSaved();
  await keyboard.send("Input.imeSetComposition", { text: "にほ", selectionStart: 2, selectionEnd: 2 });
  assert.equal(await kari.by("shell-field").inputValue(), "にほ");
  await keyboard.send("Input.insertText", { text: "日本" });
  await untilEqual("it came over as a whole", () => kari.by("compose").inputValue(), "日本");
  await untilEqual("with the focus", () => focused(kari), ["compose", 2, 2]);
});

story("what is posted before the client is there comes once, also after a reload", async (scene) => {
  const truth = await scene.document();
  const { kari, arrives } = await waitingPhone(scene);
  for (const words of ["Ingen spurte meg", "Jeg ventet i to timer"]) {
    await kari.by("shell-field").fill(words);
    await kari.by("shell-post").tap();
    await untilEqual("the box is empty again", () => kari.by("shell-field").inputValue(), "");
  }
  assert.match(await kari.by("shell-posted").innerText(), /Ingen spurte meg\s+Not sent yet\s+Jeg ventet i to timer\s+Not sent yet/);
  await kari.by("shell-field").fill("og dette skrev jeg på");
  await kari.page.reload({ waitUntil: "commit" });
  await kari.by("shell-field").waitFor();
  assert.match(await kari.by("shell-posted").innerText(), /Jeg ventet i to timer/);
  arrives();
  const both = ["Ingen spurte meg", "Jeg ventet i to timer"];
  await untilEqual("both are on the board", () => allTexts(truth), both);
  await untilEqual("and none waits", () => kari.by("waiting-notes").innerText(), "");
  assert.equal(await kari.by("compose").inputValue(), "og dette skrev jeg på");
  await kari.reload();
  await until("it is known that they are safe", () => kari.page.evaluate(() => !Object.keys(localStorage).some((key) => key.startsWith("samtavle.posted."))));
  await kari.reload();
  assert.deepEqual(allTexts(truth), both);
  assert.match(await kari.myNotes(), /Ingen spurte meg/);
});

story("the box that is there first says for whom one writes", async ({ people }) => {
  const kari = await people.phone("Kari");
  await kari.taps(kari.by("scribe-open"));
  await kari.page.getByRole("textbox", { name: text("scribe.name") }).fill("Olav");
  await kari.taps(kari.by("scribe-begin"));
  await kari.by("scribe-strip").waitFor();
  const says = await kari.by("scribe-strip").getByRole("button").first().innerText();
  let arrives;
  const arrived = new Promise((resolve) => (arrives = resolve));
  await kari.context.route("**/client-*.wasm", async (route) => {
    await arrived;
    await route.continue().catch(() => {}); // the page has left meanwhile
  });
  await kari.page.reload({ waitUntil: "commit" });
  await untilEqual("it is said at once", () => kari.by("shell-for").innerText(), says);
  arrives();
  await kari.by("scribe-strip").waitFor();
  await kari.page.reload();
  await kari.isReady();
  await kari.taps(kari.by("scribe-back"));
  assert.equal(await kari.page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("samtavle.for-words."))), false);
});

story("a desk has no box before its client, and a person with another language reads theirs", async (scene) => {
  const { kari, arrives } = await waitingPhone(scene, { language: "nb" });
  assert.equal(await kari.page.locator(".shell h1").innerText(), "Hva er egentlig problemet?");
  assert.equal(await kari.by("shell-post").innerText(), "Legg på tavla");
  arrives();
  await kari.by("compose").waitFor();
  const desk = await scene.people.desk("Ola");
  assert.equal(await desk.by("shell-field").isVisible(), false);
});

for (const screen of ["phone", "desk"]) {
  story(`a ${screen} opens without a network after one visit, and shows the board`, async ({ people }) => {
    const kari = await people[screen]("Kari");
    await kari.posts("Bussen kommer ikke", { at: [500, 300] });
    await kari.isSaved();
    await keepsTheApp(kari);
    await kari.losesTheNetwork();
    await kari.page.reload();
    if (screen === "phone") await kari.by("compose").waitFor();
    await kari.sees("Bussen kommer ikke");
    await kari.posts("Uten nett", { at: [800, 300] });
    // As a mail program has it: with a slash at its end.
    const { pathname, hash } = new URL(kari.page.url());
    await kari.page.goto("about:blank");
    await kari.page.goto(`${kari.line.address}${pathname}/${hash}`);
    await kari.sees("Uten nett");
    assert.equal(new URL(kari.page.url()).pathname, pathname);
    await kari.getsTheNetworkBack();
    await kari.isSaved();
  });
}

story("nothing but pages and files passes the worker", async ({ people, server }) => {
  const kari = await people.desk("Kari");
  await keepsTheApp(kari);
  await kari.page.reload();
  await kari.isReady();
  const kept = await kari.page.evaluate(async () => {
    const paths = [];
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname);
    return paths;
  });
  assert.ok(kept.includes("/below.html") && kept.some((path) => path.startsWith("/site/client")));
  assert.ok(!kept.some((path) => path.startsWith("/site/client-wall-")), "a desk keeps no wall");
  assert.deepEqual(kept.filter((path) => !/^\/(site\/[\w.-]+|icons\/samtavle\.svg|manifest\.webmanifest|(index|below|wall)\.html)$/.test(path)), []);
  for (const path of ["/worker.js", "/below.html"]) {
    assert.equal((await fetch(server.address + path)).headers.get("cache-control"), "no-cache", path);
  }
});

// The same site, of which there is a new version from `update()` on.
async function updatedSite(port) {
  let isNew = false;
  const read = (path) => fetch(`http://127.0.0.1:${port}${path}`).then((answer) => answer.text());
  const renewed = (page) => page.replace("</title>", '</title><meta name="version" content="new">');
  const hashOf = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);
  const files = new Map();
  let worker = await read("/worker.js");
  for (const path of ["/index.html", "/below.html", "/wall.html"]) {
    const page = await read(path);
    files.set(path, [renewed(page), "text/html; charset=utf-8"]);
    worker = worker.replace(hashOf(page), hashOf(renewed(page)));
  }
  files.set("/worker.js", [worker.replace(/VERSION = "\w+"/, 'VERSION = "new"'), "text/javascript"]);
  const sockets = new Set();
  const listener = createServer((asked, answer) => {
    const file = isNew && files.get(asked.url.startsWith("/board/") ? "/below.html" : asked.url);
    if (file) return answer.writeHead(200, { "content-type": file[1], "cache-control": "no-cache" }).end(file[0]);
    const on = request({ port, path: asked.url, method: asked.method, headers: asked.headers }, (from) => {
      answer.writeHead(from.statusCode, from.headers);
      from.pipe(answer);
    });
    on.on("error", () => answer.destroy());
    asked.pipe(on);
  });
  listener.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  listener.on("upgrade", (asked, near) => {
    const far = connect(port, "127.0.0.1");
    const headers = Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    far.write(`GET ${asked.url} HTTP/1.1\r\n${headers.join("")}\r\n`);
    far.pipe(near).pipe(far);
    for (const socket of [near, far]) socket.on("error", () => {});
  });
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const site = { port: listener.address().port, update: () => (isNew = true) };
  site.address = `http://127.0.0.1:${site.port}`;
  site.close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => listener.close(resolve));
  };
  return site;
}

story("a new version takes over at the next navigation, and never a part of it", async ({ people, server }) => {
  const site = await updatedSite(server.port);
  try {
    const kari = await people.phone("Kari", { through: site });
    await keepsTheApp(kari);
    await kari.reload();
    const version = () => kari.page.evaluate(() => document.querySelector('meta[name="version"]')?.content ?? "old");
    assert.equal(await version(), "old");
    await kari.by("compose").fill("Skrevet før den nye kom");
    site.update();
    await kari.reload(); // the old one, at once; the browser looks for a new one meanwhile
    assert.equal(await version(), "old");
    await until("the new one is there", () =>
      kari.page.evaluate(async () => {
        const { installing, waiting, active } = await navigator.serviceWorker.getRegistration();
        return !installing && !waiting && active.state === "activated" && (await caches.keys()).some((name) => name.endsWith(" new"));
      }),
    );
    await until("the next navigation has it", async () => {
      await kari.reload();
      return (await version()) === "new";
    }, { within: 20_000 });
    assert.equal(await kari.by("compose").inputValue(), "Skrevet før den nye kom");
    await kari.posts("Med den nye");
    await kari.losesTheNetwork();
    await kari.page.reload();
    await kari.by("compose").waitFor();
    assert.equal(await version(), "new");
  } finally {
    await site.close();
  }
});
