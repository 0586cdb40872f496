// Gestures whose end nobody sees.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { until } from "../harness/until.mjs";

story("a finger that is lost on the phone's picture of the board is no finger of a pinch", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes(Array.from({ length: 40 }, (_, n) => ({ words: `Lapp ${n}`, at: [(n % 8) * 220, Math.floor(n / 8) * 160] })));
  const ali = await people.phone("Ali");
  await ali.opens("board");
  const view = ali.by("overview");
  await view.waitFor();
  const finger = (kind, pointerId, x, y, more = {}) =>
    view.evaluate((element, [type, init]) => element.dispatchEvent(new PointerEvent(type, init)), [
      kind,
      { pointerId, clientX: x, clientY: y, pointerType: "touch", buttons: 1, bubbles: true, ...more },
    ]);
  const nearness = () => view.locator("svg").evaluate((picture) => Number(picture.style.getPropertyValue("--nearness")));
  await finger("pointerdown", 11, 100, 300, { isPrimary: true });
  await ali.page.evaluate(() => window.dispatchEvent(new Event("blur")));
  await finger("pointerdown", 12, 140, 300);
  await finger("pointermove", 12, 300, 300);
  assert.equal(await nearness(), 1, "one finger only");
  await finger("pointerdown", 13, 100, 300, { isPrimary: true }); // its end was never seen, either
  await finger("pointerdown", 14, 150, 300);
  await finger("pointermove", 14, 300, 300);
  await until("two fingers are a pinch", async () => (await nearness()) > 1.5);
});

// What takes the hand away in mid-drag, besides letting go.
const INTERRUPTIONS = {
  "the pointer's capture is lost": async ({ canvas, page }, [x, y]) => {
    await canvas.evaluate((root) => {
      const holder = [root, ...root.querySelectorAll("*")].find((element) => element.hasPointerCapture(1));
      holder.releasePointerCapture(1);
    });
    await page.mouse.move(x + 1, y); // with the next move the browser tells
  },
  "a native menu stands there": ({ canvas }) =>
    canvas.evaluate((root) => root.dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true }))),
  "the window has another size": ({ page }) => page.setViewportSize({ width: 1200, height: 800 }),
  "it is shown on a screen with other pixels": async (desk, [x, y]) => {
    await hasPixels(desk, 2);
    await desk.page.mouse.move(x + 1, y);
  },
  "another window is in front": ({ page }) => page.evaluate(() => window.dispatchEvent(new Event("blur"))),
};

// Of an emulated screen Chromium tells the page nothing: no change of a media query, no resize, no observer.
async function hasPixels(desk, deviceScaleFactor) {
  const { width, height } = desk.page.viewportSize();
  const wire = await desk.context.newCDPSession(desk.page);
  await wire.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor, mobile: false });
  await until("the page has those pixels", () => desk.page.evaluate((wanted) => devicePixelRatio === wanted, deviceScaleFactor));
}

for (const [what, interrupt] of Object.entries(INTERRUPTIONS)) {
  story(`a note stays where it was dragged when ${what}`, async ({ people, document }) => {
    const truth = await document();
    const id = truth.addNote("Ventetid", { at: [300, 300] });
    const kari = await people.desk("Kari");
    await kari.sees("Ventetid");
    const place = () => Array.from(truth.doc.getMap("notes").get(id).get("pos"));
    const before = place();
    const [x, y] = await kari.middleOf(kari.note(id));
    const { mouse } = kari.page;
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + 160, y + 90, { steps: 8 });
    await interrupt(kari, [x + 160, y + 90]);
    await until("it lies where it was dragged", () => place()[0] > before[0] + 60 && place()[1] > before[1] + 30);
    const laid = place();
    // The button is still down, and then it is not: nothing hangs on the hand any more.
    await mouse.move(x + 400, y + 200, { steps: 8 });
    await mouse.up();
    await mouse.move(x + 100, y + 300, { steps: 8 });
    await kari.isSaved();
    assert.deepEqual(place(), laid);
    // And the next drag is one again.
    await kari.drags(kari.note(id), [-60, 40]);
    await until("it is moved again", () => place()[0] < laid[0] - 20 && place()[1] > laid[1] + 10);
  });
}

story("far out the board is painted for the pixels of the screen that it is on", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes(Array.from({ length: 400 }, (_, n) => ({ words: `Lapp ${n}`, at: [(n % 25) * 200, Math.floor(n / 25) * 150] })));
  const kari = await people.desk("Kari");
  await kari.fits();
  const picture = kari.page.locator(".canvas__picture:not(.canvas__picture--hidden)");
  const pixels = () => picture.evaluate((canvas) => canvas.width / canvas.clientWidth);
  for (const ratio of [1, 2, 1.5, 1]) {
    await hasPixels(kari, ratio);
    await kari.page.mouse.move(400 + ratio, 300);
    await until(`${ratio} pixels a pixel`, async () => Math.abs((await pixels()) - ratio) < 0.01);
  }
});
