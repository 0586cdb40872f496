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
