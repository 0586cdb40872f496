// What a first visit costs: bytes over the wire to a usable board, and the time; then the next visit. On a phone also
// the time until a person can write, which may be in the box of the page before the client is there: from the page's
// own clock, until a letter that was typed as soon as there is a box has been painted. On a plain line, and on a slow
// phone: 4× slower processor, 1.6 Mbit/s, 150 ms. A page with nothing but a box, measured in the same way, tells how
// much of it is the browser's and the machine's.

import { createServer } from "node:http";

import { browser, closeBrowser } from "../harness/browser.mjs";
import { SCREENS } from "../harness/people.mjs";
import { Server } from "../harness/server.mjs";

const RUNS = 5;
const SLOW_PHONE = {
  processor: 4,
  line: { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (0.75e6 / 8) * 0.9 },
};
const SAVED = '[data-testid="connection"][data-state="saved"]';
const CASES = [
  { name: "desk", screen: "desk", usable: '[data-testid="canvas"]', link: "participant" },
  { name: "phone", screen: "phone", usable: '[data-testid="compose"]', writes: true, link: "participant" },
  { name: "slow phone", screen: "phone", usable: '[data-testid="compose"]', writes: true, link: "participant", slow: SLOW_PHONE },
  { name: "bare box", screen: "phone", usable: "textarea", writes: true, slow: SLOW_PHONE },
  { name: "wall", screen: "wall", usable: '[data-testid="wall"]', link: "wall" },
];

// In the page: types a letter as soon as there is a box, and notes when it has been painted.
function typesAtOnce() {
  window.wrote = new Promise((done) => {
    const look = () => {
      const field = document.querySelector("textarea");
      if (!field?.checkVisibility()) return requestAnimationFrame(look);
      addEventListener("input", () => requestAnimationFrame(() => setTimeout(() => done(performance.now()))), { capture: true, once: true });
      field.focus();
      window.typeNow();
    };
    requestAnimationFrame(look);
  });
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// One visit: `{bytes, writableMs, ms}`; the context keeps its cache for the next.
async function visit(context, { usable, writes, slow }, address) {
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  if (slow) {
    await wire.send("Network.emulateNetworkConditions", slow.line);
    await wire.send("Emulation.setCPUThrottlingRate", { rate: slow.processor });
  }
  if (writes) {
    await page.exposeBinding("typeNow", () => wire.send("Input.insertText", { text: "a" }));
    await page.addInitScript(typesAtOnce);
  }
  let bytes = 0;
  const files = [];
  const names = new Map();
  wire.on("Network.responseReceived", ({ requestId, response }) => names.set(requestId, new URL(response.url).pathname));
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    bytes += encodedDataLength;
    if (encodedDataLength > 0) files.push([names.get(requestId), encodedDataLength]);
  });
  wire.on("Network.webSocketFrameReceived", ({ response }) => (bytes += response.payloadData.length));
  const began = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  const wrote = writes ? page.evaluate(() => window.wrote) : undefined;
  await page.waitForSelector(usable);
  const ms = performance.now() - began;
  const writableMs = writes ? await wrote : ms;
  if (usable !== "textarea") {
    await page.waitForSelector(SAVED, { state: "attached" }).catch(() => {}); // a wall has no such mark
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  }
  await page.close();
  return { bytes, writableMs, ms, files };
}

async function measure(server, which) {
  const first = [];
  const next = [];
  for (let run = 0; run < RUNS; run += 1) {
    const board = await server.makeBoard();
    const context = await (await browser()).newContext(SCREENS[which.screen]);
    const address = board.links[which.link] ?? bare;
    first.push(await visit(context, which, address));
    next.push(await visit(context, which, address));
    await context.close();
  }
  return { first, next };
}

const BARE = '<!doctype html><meta name="viewport" content="width=device-width"><title>Bare</title><textarea></textarea>';
const bareServer = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end(BARE));
await new Promise((resolve) => bareServer.listen(0, "127.0.0.1", resolve));
const bare = `http://127.0.0.1:${bareServer.address().port}/`;

const server = await Server.start();
const known = {};
console.log(`first visit of an empty board, median of ${RUNS}; KB = 1,000 bytes over the wire, headers too`);
console.log(`${"screen".padEnd(12)} ${"bytes".padStart(10)} ${"can write".padStart(10)} ${"usable".padStart(10)} ${"next time".padStart(22)}`);
for (const which of CASES) {
  const { first, next } = await measure(server, which);
  const kilobytes = (median(first.map((one) => one.bytes)) / 1000).toFixed(1);
  const times = [first, next].flatMap((visits) => ["writableMs", "ms"].map((time) => `${median(visits.map((one) => one[time])).toFixed(0)} ms`.padStart(10)));
  console.log(`${which.name.padEnd(12)} ${`${kilobytes} KB`.padStart(10)} ${times.join(" ")}`);
  known[which.name] = [first, next].map((visits) => median(visits.map((one) => one.writableMs)));
  if (!which.slow) {
    for (const [path, size] of first[0].files.sort((a, b) => b[1] - a[1])) console.log(`  ${(size / 1000).toFixed(1).padStart(8)} KB  ${path}`);
  }
}
const ratios = known["slow phone"].map((ms, visit) => (ms / known["bare box"][visit]).toFixed(1));
console.log(`a slow phone's box takes ${ratios[0]} times as long as a bare one the first time, ${ratios[1]} times the next`);
await server.stop();
bareServer.close();
await closeBrowser();
