// Draws the icons of assets/icons from samtavle.svg: `node tools/icons.mjs`. What it draws is committed.

import { readFileSync, writeFileSync } from "node:fs";
import { browser, closeBrowser } from "../harness/browser.mjs";

const FOLDER = new URL("../../../assets/icons/", import.meta.url);
const mark = readFileSync(new URL("samtavle.svg", FOLDER), "utf8");

// On paper, with room around it; a maskable icon may be cut to a circle of four fifths.
const ICONS = [
  { name: "samtavle-192.png", size: 192, part: 0.74, round: 0.18 },
  { name: "samtavle-512.png", size: 512, part: 0.74, round: 0.18 },
  { name: "samtavle-maskable-512.png", size: 512, part: 0.56, round: 0 },
];

for (const { name, size, part, round } of ICONS) {
  const context = await (await browser()).newContext({ viewport: { width: size, height: size }, colorScheme: "light" });
  const page = await context.newPage();
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:#fbf8f2;border-radius:${size * round}px">` +
      `<div style="width:${size * part}px;line-height:0">${mark}</div></body>`,
  );
  writeFileSync(new URL(name, FOLDER), await page.screenshot({ omitBackground: true }));
  await context.close();
}
await closeBrowser();
