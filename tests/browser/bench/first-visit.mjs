// What a first visit costs: bytes over the wire to a usable board, and the time; then the next visit. On a phone also
// the time until a person can write, which may be in the box of the page before the client is there.
// On a plain line, and on a slow phone: 4× slower processor, 1.6 Mbit/s, 150 ms.

import { browser, closeBrowser } from "../harness/browser.mjs";
import { SCREENS } from "../harness/people.mjs";
import { Server } from "../harness/server.mjs";

const RUNS = 5;
const SLOW_PHONE = {
  processor: 4,
  line: { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: (0.75e6 / 8) * 0.9 },
};
const WRITABLE = '[data-testid="shell-field"], [data-testid="compose"]';
const CASES = [
  { name: "desk", screen: "desk", usable: '[data-testid="canvas"]', link: "participant" },
  { name: "phone", screen: "phone", usable: '[data-testid="compose"]', writable: WRITABLE, link: "participant" },
  { name: "slow phone", screen: "phone", usable: '[data-testid="compose"]', writable: WRITABLE, link: "participant", slow: SLOW_PHONE },
  { name: "wall", screen: "wall", usable: '[data-testid="wall"]', link: "wall" },
];

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

// One visit: `{bytes, writableMs, ms}`; the context keeps its cache for the next.
async function visit(context, { usable, writable = usable, slow }, address) {
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  if (slow) {
    await wire.send("Network.emulateNetworkConditions", slow.line);
    await wire.send("Emulation.setCPUThrottlingRate", { rate: slow.processor });
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
  await page.waitForSelector(writable);
  const writableMs = performance.now() - began;
  await page.waitForSelector(usable);
  const ms = performance.now() - began;
  await page.waitForSelector('[data-testid="connection"][data-state="saved"]', { state: "attached" }).catch(() => {});
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.close();
  return { bytes, writableMs, ms, files };
}

async function measure(server, which) {
  const first = [];
  const next = [];
  for (let run = 0; run < RUNS; run += 1) {
    const board = await server.makeBoard();
    const context = await (await browser()).newContext(SCREENS[which.screen]);
    first.push(await visit(context, which, board.links[which.link]));
    next.push(await visit(context, which, board.links[which.link]));
    await context.close();
  }
  return { first, next };
}

const server = await Server.start();
console.log(`first visit of an empty board, median of ${RUNS}; KB = 1,000 bytes over the wire, headers too`);
console.log(`${"screen".padEnd(12)} ${"bytes".padStart(10)} ${"can write".padStart(10)} ${"usable".padStart(10)} ${"next time".padStart(22)}`);
for (const which of CASES) {
  const { first, next } = await measure(server, which);
  const kilobytes = (median(first.map((one) => one.bytes)) / 1000).toFixed(1);
  const times = [first, next].flatMap((visits) => ["writableMs", "ms"].map((time) => `${median(visits.map((one) => one[time])).toFixed(0)} ms`.padStart(10)));
  console.log(`${which.name.padEnd(12)} ${`${kilobytes} KB`.padStart(10)} ${times.join(" ")}`);
  if (!which.slow) {
    for (const [path, size] of first[0].files.sort((a, b) => b[1] - a[1])) console.log(`  ${(size / 1000).toFixed(1).padStart(8)} KB  ${path}`);
  }
}
await server.stop();
await closeBrowser();
