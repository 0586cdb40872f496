// Networks of hospitals and town halls: behind each kind of proxy people write together, nothing is lost
// and nothing comes twice, and the self-check names the fault.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Barriers } from "../harness/axe.mjs";
import { startProxy } from "../harness/proxies.mjs";
import { Server } from "../harness/server.mjs";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

// A story whose people come by way of a proxy.
function behind(name, how, tell) {
  story(name, async (scene) => {
    const proxy = await startProxy(scene.server.port, how);
    try {
      await tell({ ...scene, proxy });
    } finally {
      await proxy.close();
    }
  });
}

const way = (person) => person.page.evaluate(() => localStorage.getItem("samtavle.way")?.split(" ")[0] ?? "socket");

// What the self-check found: `{ socket: { state, words }, … }`.
async function checks(people, through) {
  const somebody = await people.at("desk", "/check", { through });
  await until("the check is done", async () => (await somebody.page.locator("body").getAttribute("data-state")) === "done", { within: 30_000 });
  const found = await somebody.page.locator("[data-check]").evaluateAll((items) =>
    items.map((item) => [item.dataset.check, { state: item.dataset.state, words: item.textContent }]),
  );
  return Object.fromEntries(found);
}

// Everything but the faults named is well; HTTPS there is none of here.
function expectFaults(found, faults) {
  const wrong = Object.entries(found).filter(([, { state }]) => state === "fault").map(([name]) => name);
  assert.deepEqual(wrong.sort(), [...faults].sort(), JSON.stringify(found, undefined, 1));
}

// Two by way of the proxy write; lines break and answers are lost meanwhile.
async function writeTogether({ people, proxy, document }) {
  const kari = await people.desk("Kari", { through: proxy });
  const ola = await people.desk("Ola", { through: proxy });
  await kari.posts("Bussen kommer ikke", { at: [400, 250] });
  await ola.sees("Bussen kommer ikke");
  proxy.losesAnswers(2);
  await ola.posts("Ingen spurte meg", { at: [1150, 200] });
  await kari.sees("Ingen spurte meg");
  await kari.posts("Jeg ventet i to timer", { at: [400, 500] });
  proxy.breaks();
  await ola.posts("Vi møtes der de ikke er", { at: [1150, 600] });
  await Promise.all([kari.isSaved(), ola.isSaved()]);
  const all = ["Bussen kommer ikke", "Ingen spurte meg", "Jeg ventet i to timer", "Vi møtes der de ikke er"];
  for (const person of [kari, ola]) await untilEqual(`${person.name} sees all, each once`, () => person.texts(), all);
  const server = await document();
  await untilEqual("the server has all, each once", () => [...server.doc.getMap("notes").values()].map((note) => note.get("text").toString()).sort(), all);
  return { kari, ola };
}

test("the check says the same in every language, and says all of it", () => {
  const read = (name) => readFileSync(new URL(`../../../assets/check/${name}`, import.meta.url), "utf8");
  const [nb, ...others] = ["nb.json", "nn.json", "en.json"].map((name) => JSON.parse(read(name)));
  const script = read("check.js");
  for (const other of others) assert.deepEqual(Object.keys(nb), Object.keys(other));
  const fillings = (words) => (words.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(nb)) {
    for (const other of others) assert.deepEqual(fillings(nb[key]), fillings(other[key]), key);
    assert.ok(["ok", "note", "fault"].includes(key) || script.includes(`"${key}"`), `${key} is said nowhere`);
  }
});

story("without a proxy the check finds nothing wrong", async ({ people }) => {
  const found = await checks(people);
  expectFaults(found, []);
  assert.equal(found.socket.state, "ok");
});

for (const theme of ["light", "dark"]) {
  story(`the check keeps nobody out (${theme})`, async ({ people }) => {
    const barriers = new Barriers();
    const ali = await people.at("phone", "/check", { theme });
    await ali.page.locator('body[data-state="done"]').waitFor();
    await barriers.lookAt(ali, "check");
    barriers.expectNone();
  });
}

behind("where no WebSocket gets through, people write together over HTTP", { blocksUpgrade: true }, async (scene) => {
  const { kari } = await writeTogether(scene);
  assert.equal(await way(kari), "stream");
  assert.ok(scene.proxy.hasLostAll, "answers were lost on the way");
  await kari.reload(); // what worked is remembered
  await kari.sees("Ingen spurte meg");
  expectFaults(await checks(scene.people, scene.proxy), ["socket"]);
});

behind("where WebSockets are cut, people write together over HTTP", { cutsSocketsAfter: 3_000 }, async (scene) => {
  const kari = await scene.people.desk("Kari", { through: scene.proxy });
  await until("Kari goes over HTTP", async () => (await way(kari)) === "stream", { within: 30_000 });
  await writeTogether(scene);
  const found = await checks(scene.people, scene.proxy);
  expectFaults(found, ["socket"]);
  assert.match(found.socket.words, /cut after 3 seconds/);
});

behind("where streams are held back, people write together by asking again", { blocksUpgrade: true, holdsBack: true }, async (scene) => {
  const { kari } = await writeTogether(scene);
  assert.equal(await way(kari), "poll");
  const found = await checks(scene.people, scene.proxy);
  expectFaults(found, ["socket", "stream"]);
  assert.match(found.stream.words, /buffering/);
});

for (const tellsPath of [true, false]) {
  behind(`under a path people find all (the server is ${tellsPath ? "" : "not "}told)`, { under: "/verktoy/samtavle", tellsPath }, async (scene) => {
    const { kari } = await writeTogether(scene);
    await kari.by("invite").first().click();
    const link = kari.page.getByRole("dialog").locator("input").first();
    assert.match(await link.inputValue(), /^http:\/\/127\.0\.0\.1:\d+\/verktoy\/samtavle\/join\//);
    const code = await kari.by("join-code").first().innerText();
    const ali = await scene.people.at("phone", `/join/${code}`, { through: scene.proxy });
    await ali.page.waitForURL(`http://${new URL(ali.line.address).host}/verktoy/samtavle/board/**`);
    await ali.isReady();
    expectFaults(await checks(scene.people, scene.proxy), tellsPath ? [] : ["headers"]);
  });
}

// From outside, a server that dies and a proxy that cuts look the same: by which way she comes back is not told here.
story("a server that is killed again and again keeps nobody away", async ({ server, people, document }) => {
  const kari = await people.desk("Kari");
  const texts = ["Etter første gang", "Etter andre gang", "Etter tredje gang"];
  for (const [round, words] of texts.entries()) {
    await server.die();
    await server.startAgain();
    await until(`Kari is back, round ${round + 1}`, async () => (await kari.connection()) === "saved", { within: 30_000 });
    await kari.posts(words, { at: [400 + round * 240, 300] });
    await kari.isSaved();
  }
  const truth = await document();
  await untilEqual("all is there once", () => truth.texts(), [...texts].sort());
});

story("a page that took to HTTP for a server's troubles is back on a WebSocket within a minute", async ({ people }) => {
  const kari = await people.desk("Kari", { given: () => localStorage.setItem("samtavle.way", `stream ${Date.now() + 3_600_000}`) });
  assert.equal(await way(kari), "stream");
  await until("it is on a WebSocket", async () => (await way(kari)) === "socket", { within: 60_000 });
  await kari.isSaved();
});

story("a check tells that answers come from different servers", async ({ server, people }) => {
  const other = await Server.start();
  const proxy = await startProxy(server.port, { others: [other.port] });
  try {
    const found = await checks(people, proxy);
    expectFaults(found, ["server"]);
    assert.match(found.server.words, /2 different servers/);
  } finally {
    await proxy.close();
    await other.stop();
  }
});

behind("where headers are stripped, people write together and the check names them", { strips: true }, async (scene) => {
  await writeTogether(scene);
  const found = await checks(scene.people, scene.proxy);
  expectFaults(found, ["headers"]);
  assert.match(found.headers.words, /samtavle\.internal/);
});
