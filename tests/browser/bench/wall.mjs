// A wall for hours, in minutes: 2,000 notes (or as many as are named), timers that run thirty times as fast, and as
// many changes as a busy day has. Memory and frame times at the end against those at the beginning.

import { browser, closeBrowser } from "../harness/browser.mjs";
import { Document } from "../harness/document.mjs";
import { Guest } from "../harness/guest.mjs";
import { Line } from "../harness/line.mjs";
import { Memory } from "../harness/memory.mjs";
import { SCREENS } from "../harness/people.mjs";
import { Server } from "../harness/server.mjs";
import { until } from "../harness/until.mjs";

const NOTES = Number(process.argv[2] ?? 2_000);
const MINUTES = Number(process.argv[3] ?? 4);
const FASTER = 30;
const CLUSTERS = 40;
const SAMPLES = 16;
/// What a wall's first minutes fill, caches and code, is no leak.
const WARM_UP = 0.25;
const PAUSE_MS = 60;
const KINDS = ["problem", "habit", "idea", "plan"];
const WORDS = "Mor ble sendt hjem fredag kveld og hjemmesykepleien visste ikke om det før mandag".split(" ");
const SCENES = ["gather", "clusters", "insights", "plans", "follow", null];

let seed = 2027;
const random = (below) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * below);
};
const words = (number) => `${number} ${WORDS.slice(0, 3 + random(WORDS.length - 2)).join(" ")}`;

// Before the page's own scripts: faster timers, and a way to the client's memory.
function prepare(faster) {
  for (const name of ["setTimeout", "setInterval"]) {
    const original = window[name];
    window[name] = (call, ms = 0, ...rest) => original(call, ms >= 1_000 ? ms / faster : ms, ...rest);
  }
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...args) => {
      const made = await original.apply(WebAssembly, args);
      window.clientMemory = (made.instance ?? made).exports.memory;
      return made;
    };
  }
  window.frameTimes = [];
  let last = performance.now();
  const next = (now) => {
    window.frameTimes.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}

const server = await Server.start();
const board = await server.makeBoard({ title: "Trygt hjem fra sykehuset", template: "samskaping-60" });
const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
const truth = await Document.join(server.address, board);
const ids = [];
const clusters = [];
for (let cluster = 0; cluster < CLUSTERS; cluster += 1) {
  const each = NOTES / CLUSTERS;
  const notes = truth.addNotes(Array.from({ length: each }, (_, at) => ({ words: words(cluster * each + at), kind: KINDS[at % 4], at: [at * 200, cluster * 200] })));
  ids.push(...notes);
  clusters.push(truth.addCluster(`Klynge ${cluster}`, cluster % 4 === 3 ? [] : notes, { at: [0, cluster * 200] }));
}
const line = await Line.to(server.port);
const context = await (await browser()).newContext({ ...SCREENS.wall, locale: "nb-NO" });
const page = await context.newPage();
await page.addInitScript(prepare, FASTER);
const { pathname, search, hash } = new URL(board.links.wall);
await page.goto(line.address + pathname + search + hash);
await page.locator("[data-note]").first().waitFor();
await page.locator('[data-testid="connection"][data-state="saved"]').waitFor({ state: "attached" });
const memory = await Memory.of(page);

let changes = 0;
let reconnects = 0;
const notes = truth.doc.getMap("notes");
const DEEDS = [
  () => {
    const text = notes.get(ids[random(ids.length)]).get("text");
    text.delete(0, text.length);
    text.insert(0, words(changes));
  },
  () => notes.get(ids[random(ids.length)]).set("cluster", clusters[random(CLUSTERS)]),
  () => notes.get(ids[random(ids.length)]).set("pos", [random(8_000), random(8_000)]),
  () => {
    const place = random(ids.length);
    notes.delete(ids[place]);
    ids[place] = truth.addNote(words(changes), { kind: KINDS[changes % 4] });
  },
];
const scene = async () => {
  const choice = random(SCENES.length + 2);
  if (choice < SCENES.length) return kari.does("set-scene", { scene: SCENES[choice] });
  return kari.does("spotlight", { item: choice % 2 ? `note:${ids[random(ids.length)]}` : `cluster:${clusters[random(CLUSTERS)]}` });
};
const reconnect = async () => {
  line.cut();
  await until("the wall is away", () => page.locator('[data-testid="connection"][data-state="offline"]').count());
  line.join();
  await until("the wall is back", () => page.locator('[data-testid="connection"][data-state="saved"]').count(), { within: 60_000 });
  reconnects += 1;
};

const at = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
async function sample(minutes) {
  const times = await page.evaluate(() => window.frameTimes.splice(0).sort((a, b) => a - b));
  const held = await memory.held();
  const client = await page.evaluate(() => window.clientMemory.buffer.byteLength);
  await page.evaluate(() => window.frameTimes.splice(0)); // the collection's own pause is not the wall's
  return { minutes, ...held, client, p50: at(times, 0.5), p95: at(times, 0.95), max: times.at(-1) ?? 0 };
}

// Least squares: how much a minute.
function slope(samples, name) {
  const mean = (of) => samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
  const [x, y] = [mean((one) => one.minutes), mean((one) => one[name])];
  const over = samples.reduce((sum, one) => sum + (one.minutes - x) * (one[name] - y), 0);
  return over / samples.reduce((sum, one) => sum + (one.minutes - x) ** 2, 0);
}

const MB = 1_000_000;
const row = (cells) => console.log(cells.map((cell) => String(cell).padStart(12)).join(""));
console.log(`${NOTES} notes, 1920×1080, ${MINUTES} minutes, timers ${FASTER} times as fast; after garbage collection`);
row(["minutes", "JS heap", "client", "DOM nodes", "listeners", "frame p50", "p95", "longest"]);
const samples = [];
const began = performance.now();
const length = MINUTES * 60_000;
for (let number = 1; number <= SAMPLES; number += 1) {
  while (performance.now() - began < (length * number) / SAMPLES) {
    truth.doc.transact(DEEDS[random(DEEDS.length)]);
    changes += 1;
    if (changes % 40 === 0) await scene();
    if (changes % 500 === 0) await reconnect();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  const one = await sample((performance.now() - began) / 60_000);
  samples.push(one);
  row([one.minutes.toFixed(2), `${(one.heap / MB).toFixed(2)} MB`, `${(one.client / MB).toFixed(1)} MB`, one.nodes, one.listeners, `${one.p50.toFixed(1)} ms`, `${one.p95.toFixed(1)} ms`, `${one.max.toFixed(0)} ms`]);
}
const after = samples.slice(Math.ceil(SAMPLES * WARM_UP));
row(["a minute", `${(slope(after, "heap") / 1_000).toFixed(1)} KB`, `${(slope(after, "client") / 1_000).toFixed(1)} KB`, slope(after, "nodes").toFixed(1), slope(after, "listeners").toFixed(2), `${slope(after, "p50").toFixed(2)} ms`, `${slope(after, "p95").toFixed(2)} ms`, ""]);
console.log(`${changes} changes, ${Math.floor(changes / 40)} scenes, ${reconnects} lost networks, ${((MINUTES * 60 * FASTER) / 15).toFixed(0)} turns of the page`);
kari.leave();
truth.leave();
await context.close();
await line.close();
await server.stop();
await closeBrowser();
