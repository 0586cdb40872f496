// From a key to the picture, with 1,000 notes on the board and two people who write at the same time: the box on a phone
// whose processor is four times slower, and a note on a desk. The time is from the key's own stamp, which the browser
// gives it when it comes in, until the frame with the letter has been painted.

import { browser, closeBrowser } from "../harness/browser.mjs";
import { Document } from "../harness/document.mjs";
import { SCREENS } from "../harness/people.mjs";
import { Server } from "../harness/server.mjs";

const NOTES = 1_000;
const WORDS = "bussen kommer aldri, og ingen sier fra om det ".repeat(5);
const BETWEEN_MS = 120; // a quick typist
const CASES = [
  { name: "phone", screen: "phone", slower: 1 },
  { name: "slow phone", screen: "phone", slower: 4 },
  { name: "desk", screen: "desk", slower: 1 },
  { name: "slow desk", screen: "desk", slower: 4 },
];

const at = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];

async function opens(page, { screen }) {
  if (screen === "phone") {
    await page.getByTestId("compose").tap();
    return page.getByTestId("compose");
  }
  await page.mouse.dblclick(700, 450);
  const field = page.locator("[data-note] textarea");
  await field.waitFor();
  return field;
}

async function measure(board, which) {
  const context = await (await browser()).newContext(SCREENS[which.screen]);
  const page = await context.newPage();
  await page.goto(board.links.participant);
  await page.waitForSelector('[data-testid="connection"][data-state="saved"]', { state: "attached" });
  const wire = await context.newCDPSession(page);
  await wire.send("Emulation.setCPUThrottlingRate", { rate: which.slower });
  await opens(page, which);
  await page.evaluate(() => {
    window.took = [];
    addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => window.took.push(performance.now() - timeStamp))), true);
  });
  for (const letter of WORDS) {
    await page.keyboard.press(letter === " " ? "Space" : letter);
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
  const took = (await page.evaluate(() => window.took)).sort((a, b) => a - b);
  await context.close();
  return took;
}

const server = await Server.start();
const board = await server.makeBoard();
const truth = await Document.join(server.address, board);
truth.addNotes(Array.from({ length: NOTES }, (_, index) => ({ words: `Lapp nummer ${index} av mange`, at: [200 * (index % 40), 150 * Math.floor(index / 40)] })));
let written = 0;
const others = setInterval(() => truth.addNote(`Imens ${written}`, { at: [200 * (written++ % 40), -200] }), 500);
console.log(`${NOTES} notes, ${WORDS.length} letters, ms from the key to the picture`);
console.log(`${"".padEnd(12)} ${["p50", "p95", "max"].map((head) => head.padStart(9)).join(" ")}`);
for (const which of CASES) {
  const took = await measure(board, which);
  const figures = [at(took, 0.5), at(took, 0.95), took.at(-1)].map((ms) => `${ms.toFixed(1)} ms`.padStart(9));
  console.log(`${which.name.padEnd(12)} ${figures.join(" ")}`);
}
clearInterval(others);
truth.leave();
await server.stop();
await closeBrowser();
