// Frame times of pan and zoom over 1,000 notes (or as many as are named), in software-rendered Chromium.

import { browser, closeBrowser } from "../harness/browser.mjs";
import { Document } from "../harness/document.mjs";
import { SCREENS } from "../harness/people.mjs";
import { Server } from "../harness/server.mjs";
import { until } from "../harness/until.mjs";

const NOTES = Number(process.argv[2] ?? 1_000);
const COLUMNS = 40;
const STEP_MS = 16;
const KINDS = ["problem", "habit", "idea", "plan"];
const WORDS = "Mor ble sendt hjem fredag kveld og hjemmesykepleien visste ikke om det før mandag".split(" ");

// Forty to a row, as tidy puts them; lengths differ as people's do.
const notes = Array.from({ length: NOTES }, (_, number) => ({
  words: `${number} ${WORDS.slice(0, 3 + ((number * 7) % (WORDS.length - 2))).join(" ")}`,
  kind: KINDS[number % KINDS.length],
  at: [(number % COLUMNS) * 200, Math.floor(number / COLUMNS) * 180],
}));

// Runs `gesture` while the page notes the time between its frames.
async function frames(page, gesture) {
  await page.evaluate(() => {
    window.frameTimes = [];
    let last = performance.now();
    const next = (now) => {
      window.frameTimes.push(now - last);
      last = now;
      window.frameRequest = requestAnimationFrame(next);
    };
    window.frameRequest = requestAnimationFrame(next);
  });
  await gesture();
  const times = await page.evaluate(() => {
    cancelAnimationFrame(window.frameRequest);
    return window.frameTimes.slice(2);
  });
  return times.sort((a, b) => a - b);
}

// One wheel turn about every frame, like a touch pad.
async function wheel(page, turns, [dx, dy], keys = []) {
  for (const key of keys) await page.keyboard.down(key);
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(dx, dy);
    await page.waitForTimeout(STEP_MS);
  }
  for (const key of keys) await page.keyboard.up(key);
}

const at = (times, share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
function report(name, times) {
  const line = [at(times, 0.5), at(times, 0.95), times.at(-1).toFixed(1)].map((ms) => `${ms} ms`.padStart(10)).join(" ");
  console.log(`${name.padEnd(28)} ${line} ${String(times.length).padStart(7)}`);
}

const server = await Server.start();
const board = await server.makeBoard();
const writer = await Document.join(server.address, board);
writer.addNotes(notes);
await until("the board is written", () => writer.texts().length === NOTES);
const context = await (await browser()).newContext(SCREENS.desk);
const page = await context.newPage();
await page.goto(board.links.participant);
await page.locator('[data-testid="connection"][data-state="saved"]').waitFor();
await page.mouse.move(720, 450);
await page.keyboard.press("0"); // it opens with all of the board in view; begin at 100 %
await page.locator("[data-note]").first().waitFor();
await page.waitForTimeout(1_500); // the start's own work is not the gesture's

console.log(`${NOTES} notes, 1440×900, ms between frames`);
console.log(`${"".padEnd(28)} ${["p50", "p95", "max", "frames"].map((word) => word.padStart(word === "frames" ? 7 : 10)).join(" ")}`);
report("still", await frames(page, () => page.waitForTimeout(1_000)));
report("pan at 100 %", await frames(page, () => wheel(page, 120, [40, 24])));
report("pan back", await frames(page, () => wheel(page, 120, [-40, -24])));
report("zoom out to all", await frames(page, () => wheel(page, 120, [0, 24], ["Control"])));
report("pan far out", await frames(page, () => wheel(page, 120, [20, 12])));
report("zoom in", await frames(page, () => wheel(page, 120, [0, -24], ["Control"])));
await page.keyboard.press("1");
await page.keyboard.press("0");
const note = page.locator("[data-note]").first();
const box = await note.boundingBox();
report("drag a note", await frames(page, async () => {
  await page.mouse.move(box.x + 40, box.y + 30);
  await page.mouse.down();
  for (let step = 0; step < 90; step += 1) {
    await page.mouse.move(box.x + 40 + step * 4, box.y + 30 + step * 2);
    await page.waitForTimeout(STEP_MS);
  }
  await page.mouse.up();
}));
writer.leave();
await context.close();
await server.stop();
await closeBrowser();
