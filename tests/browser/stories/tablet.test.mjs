// Between a phone and a desk: a tablet under fingers, and a low window. Nothing sticks out, nothing needed is covered, and
// the hour is there.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { until } from "../harness/until.mjs";
import { workshop } from "../harness/workshop.mjs";

const HOUR = { board: { title: "Trygt hjem fra sykehuset", template: "samskaping-60" } };
const TOUCH = { hasTouch: true, isMobile: true };

// Buttons of the rim that stick out of their panel or the window, and what lies over "saved". Runs in the page.
function faults() {
  const found = [];
  const name = (element) => element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30);
  for (const button of document.querySelectorAll(".panel button, .rim__top button")) {
    if (!button.checkVisibility({ visibilityProperty: true })) continue;
    const place = button.getBoundingClientRect();
    const panel = button.closest(".panel, .rim__top").getBoundingClientRect();
    if (place.width === 0) continue;
    if (place.left < panel.left - 1 || place.right > panel.right + 1) found.push(`${name(button)} sticks out of its panel`);
    if (place.left < -1 || place.right > innerWidth + 1) found.push(`${name(button)} sticks out of the window`);
  }
  const saved = document.querySelector('[data-testid="connection"]');
  const place = saved.getBoundingClientRect();
  for (const x of [place.left + 3, (place.left + place.right) / 2, place.right - 3]) {
    const over = document.elementFromPoint(x, (place.top + place.bottom) / 2);
    if (!over || !(saved.contains(over) || over.contains(saved))) found.push(`${over?.className} lies over what is saved`);
  }
  const hour = document.querySelector(".phase-now .hour")?.getBoundingClientRect();
  if (!hour || hour.width < 60 || hour.height < 3) found.push("the hour is not there");
  return found;
}

for (const [width, height, touch] of [[768, 1024, TOUCH], [1024, 768, TOUCH], [960, 600, {}]]) {
  story(`at ${width} × ${height} nothing sticks out or covers, and the hour is there`, async ({ people, document }) => {
    workshop(await document());
    const options = { ...touch, language: "nb", viewport: { width, height } };
    const kari = await people.desk("Kari", { ...options, as: "facilitator" });
    const ola = await people.desk("Ola", options);
    await kari.by("lead-next").click();
    await ola.by("silent-compose").waitFor();
    for (const person of [kari, ola]) {
      await person.by("phase-title").waitFor();
      await until(`${person.name}'s panels stand where they should`, async () => (await person.page.evaluate(faults)).length === 0).catch(() => {});
      assert.deepEqual(await person.page.evaluate(faults), [], person.name);
    }
  }, HOUR);
}

story("the code of an invitation stands on one line on every screen", async ({ people }) => {
  const onOneLine = (person) =>
    person.by("join-code").first().evaluate((code) => {
      const range = document.createRange();
      range.selectNodeContents(code);
      // As long as a code can be.
      code.firstChild.data = "BRENNE-LAMMER-SKOGEN-888";
      const box = code.getBoundingClientRect();
      return range.getClientRects().length === 1 && code.scrollWidth <= Math.ceil(box.width) + 1 && box.right <= innerWidth;
    });
  const kari = await people.desk("Kari", { as: "facilitator" });
  for (const [width, height] of [[1440, 900], [768, 1024], [960, 600]]) {
    await kari.page.setViewportSize({ width, height });
    await kari.by("invite").first().click();
    assert.ok(await onOneLine(kari), `a desk of ${width} × ${height}`);
    await kari.key("Escape");
  }
  const wall = await people.wall();
  for (const [width, height] of [[1920, 1080], [1024, 768], [1080, 1920]]) {
    await wall.page.setViewportSize({ width, height });
    await until("the wall has its size", () => wall.page.evaluate((now) => innerWidth === now, width));
    assert.ok(await onOneLine(wall), `a wall of ${width} × ${height}`);
  }
  const ali = await people.phone("Ali");
  await ali.page.locator(".phone__top button").last().tap();
  for (const [width, height] of [[390, 844], [320, 568], [844, 390]]) {
    await ali.page.setViewportSize({ width, height });
    assert.ok(await onOneLine(ali), `a phone of ${width} × ${height}`);
  }
}, HOUR);
