// Whoever gave no name is the same person everywhere, also on a board that shows nobody; and marks differ by more than
// their colour.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const person = (number) => text("people.person", { number });

async function inFolk(lead) {
  const tool = lead.by("lead-people").first();
  if (!(await tool.isVisible())) await lead.by("lead-more").click();
  await tool.click();
  const rows = lead.by("lead-people-list").locator(".rows__name");
  await until("the list is there", async () => (await rows.count()) > 1);
  const names = await rows.allInnerTexts();
  await lead.key("Escape");
  return names;
}

async function inList(desk) {
  await desk.by("people").click();
  const names = await desk.page.getByRole("dialog").locator(".people__name").allInnerTexts();
  await desk.key("Escape");
  return names.sort();
}

story("who gave no name has one number on marks, in the list, in the facilitator's list and as a cursor", async ({ people }) => {
  const lead = await people.desk("Liv", { as: "facilitator" });
  const kari = await people.desk("Kari");
  const ali = await people.phone("Ali");
  const all = [person(1), person(2), person(3)];
  await untilEqual("the marks tell them apart", async () => (await kari.by("people").locator("[data-letters]").evaluateAll((marks) => marks.map((mark) => mark.dataset.letters))).sort(), ["1", "2", "3"]);
  assert.deepEqual(await inList(kari), all);
  assert.deepEqual(await inFolk(lead), all);

  // On a board that shows names cursors are told: by the same number.
  const showing = lead.by("lead-showing").first();
  if (!(await showing.isVisible())) await lead.by("lead-more").click();
  await showing.click();
  await lead.page.getByRole("dialog").getByText(text("lead.named"), { exact: true }).click();
  await lead.key("Escape");
  let step = 0;
  await until("Liv sees whose cursor it is", async () => {
    step += 1;
    await kari.page.mouse.move(640 + (step % 20), 420);
    return (await lead.page.locator(".cursor__name").allInnerTexts()).includes(person(2));
  });
  await ali.isSaved();
}, { board: { title: "Trygt hjem", template: "samskaping-60" } });

story("on a board that shows nobody the numbers are the same, and no cursor is told", async ({ people }) => {
  const lead = await people.desk("Liv", { as: "facilitator" });
  const kari = await people.desk("Kari");
  const showing = lead.by("lead-showing").first();
  if (!(await showing.isVisible())) await lead.by("lead-more").click();
  await showing.click();
  await lead.page.getByRole("dialog").getByText(text("lead.anonymous"), { exact: true }).click();
  const sure = lead.page.getByRole("dialog").getByRole("button", { name: text("lead.showing_do") });
  if (await sure.isVisible()) await sure.click();
  await lead.key("Escape");
  await untilEqual("Kari's list has both", () => inList(kari), [person(1), person(2)]);
  assert.deepEqual(await inFolk(lead), [person(1), person(2)]);
  for (let step = 0; step < 20; step += 1) await kari.page.mouse.move(640 + step, 420);
  await kari.posts("Ingen ringte");
  await lead.sees("Ingen ringte");
  assert.equal(await lead.page.locator(".cursor__name").count(), 0);
}, { board: { title: "Trygt hjem", template: "samskaping-60" } });
