// Leading a workshop from the panel on the desk.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
const leads = (people, name, more = {}) => people.desk(name, { as: "facilitator", ...more });

// The number of the present phase; 0 before the first.
const phaseOf = async (person) => {
  const present = person.page.locator(".lead__phase[aria-current]");
  return (await present.count()) === 0 ? 0 : Number(await present.first().getAttribute("data-phase"));
};
const more = async (person) => {
  const all = person.page.locator(".lead__more");
  if (!(await all.evaluate((details) => details.open))) await person.by("lead-more").click();
};
const press = async (person, tool) => {
  const button = person.by(tool).first();
  if (!(await button.isVisible())) await more(person);
  await button.click();
};
const next = (person) => person.by("lead-next").click();

story("who only has a keyboard leads from the panel", async ({ people }) => {
  const kari = await leads(people, "Kari");
  await kari.by("lead-next").focus();
  await kari.key("Enter");
  await kari.by("phase-title").waitFor();
  const first = await phaseOf(kari);

  // A finger that trembles skips nothing.
  await until("the button can be pressed again", async () => (await kari.by("lead-next").getAttribute("aria-disabled")) === null);
  await kari.key("Enter", "Enter", "Enter");
  await until("one step was taken", async () => (await kari.by("lead-drafts").count()) === 0 || (await phaseOf(kari)) !== first);
  await kari.page.waitForTimeout(400);
  const after = await phaseOf(kari);
  assert.ok(after === first || after === (await kari.page.locator(".lead__phase").nth(1).getAttribute("data-phase").then(Number)), "at most one phase on");

  // The tools, a dialog and back.
  await kari.by("lead-more").focus();
  await kari.key("Enter");
  await kari.by("lead-people").focus();
  await kari.key("Enter");
  await kari.page.getByRole("dialog").waitFor();
  await kari.key("Escape");
  await kari.page.getByRole("dialog").waitFor({ state: "detached" }).catch(() => {});
  await until("the focus is where it was", () => kari.by("lead-people").evaluate((button) => button === document.activeElement));

  // The canvas's keys work from here, too.
  await kari.by("lead-more").focus();
  await kari.key("Control+a");
  assert.equal(await kari.page.evaluate(() => String(getSelection())), "", "no text of the page is selected");
}, HOUR);

story("after the black button was pressed with a pointer, keys are the board's", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes([
    { words: "Ingen ringte", at: [340, 320] },
    { words: "Ingen svarte", at: [560, 320] },
  ]);
  const kari = await leads(people, "Kari");
  await kari.sees("Ingen ringte");
  await next(kari);
  await kari.by("phase-title").waitFor();
  const first = await phaseOf(kari);
  await kari.page.waitForTimeout(1_200);
  await kari.key("Enter", "Space");
  await kari.page.waitForTimeout(500);
  assert.equal(await phaseOf(kari), first, "neither Enter nor a space pressed it again");
  await kari.by("lead-pause").click();
  await kari.key("Control+a");
  await until("all notes are selected", async () => (await kari.page.locator(".note--selected").count()) === 2);
  await kari.key("g");
  await kari.onlyCluster();
}, HOUR);

story("two facilitators who go on in the same moment go one step", async ({ people }) => {
  const kari = await leads(people, "Kari");
  const per = await leads(people, "Per");
  const ali = await people.phone("Ali");
  // Two fingers that do not wait for what the other has done.
  const button = (person) => person.by("lead-next");
  const bothPress = async () => {
    for (const person of [kari, per]) await until("it can be pressed", async () => (await button(person).getAttribute("aria-disabled")) === null);
    await Promise.all([kari, per].map((person) => button(person).evaluate((one) => one.click())));
  };
  await bothPress();
  for (const person of [kari, per]) await person.by("phase-title").waitFor();
  const [first, second] = await kari.page.locator(".lead__phase").evaluateAll((rows) => rows.map((row) => Number(row.dataset.phase)));
  assert.deepEqual([await phaseOf(kari), await phaseOf(per)], [first, first]);
  await ali.posts("Ingen ringte");
  await until("the panel counts it", async () => /1/.test(await kari.by("lead-drafts").innerText()));
  await bothPress();
  for (const person of [kari, per]) await person.sees("Ingen ringte");
  assert.deepEqual([await phaseOf(kari), await phaseOf(per)], [first, first], "it was revealed, and nothing more");
  await bothPress();
  await untilEqual("both are in the second", async () => [await phaseOf(kari), await phaseOf(per)], [second, second]);
}, HOUR);

story("a locked board refuses a participant's drag, and lets the leader's", async ({ people, document }) => {
  const truth = await document();
  const [id] = truth.addNotes([{ words: "Ingen ringte", at: [440, 320] }]);
  const kari = await leads(people, "Kari");
  const ola = await people.desk("Ola");
  await ola.sees("Ingen ringte");
  await press(kari, "lead-lock");
  await ola.by("board-locked").waitFor();
  await ola.liesStill(id);
  const before = await ola.note(id).boundingBox();
  await ola.drags(ola.note(id), [160, 140]);
  await ola.liesStill(id);
  await until("it lies where it lay", async () => {
    const after = await ola.note(id).boundingBox();
    return Math.abs(after.x - before.x) < 2 && Math.abs(after.y - before.y) < 2;
  });
  await press(kari, "lead-unlock");
  await ola.by("board-locked").waitFor({ state: "detached" });
  await ola.drags(ola.note(id), [160, 140]);
  await until("it moves", async () => Math.abs((await ola.note(id).boundingBox()).x - before.x - 160) < 3);
}, HOUR);

story("a hidden note is gone for all, and comes back", async ({ people, document }) => {
  const truth = await document();
  const [id] = truth.addNotes([{ words: "Et navn som ikke skulle stå her", at: [440, 320] }]);
  const kari = await leads(people, "Kari");
  const ola = await people.desk("Ola");
  for (const person of [kari, ola]) await person.sees("Et navn som ikke skulle stå her");
  await kari.note(id).click();
  await kari.does("note-hide");
  for (const person of [kari, ola]) await person.note(id).waitFor({ state: "detached" });
  await until("no document says it", () => truth.textOf(id) === "");
  await press(kari, "lead-hidden");
  await kari.by("lead-hidden-notes").getByText("Et navn som ikke skulle stå her").waitFor();
  await kari.by("lead-hidden-notes").getByRole("button").first().click();
  for (const person of [kari, ola]) await person.sees("Et navn som ikke skulle stå her");
  assert.equal(truth.textOf(id), "Et navn som ikke skulle stå her");
}, HOUR);

story("who is sent out leaves nothing behind, and takes nothing of others with them", async ({ people }) => {
  const kari = await leads(people, "Kari");
  const ola = await people.desk("Ola");
  const troll = await people.desk("Troll");
  await troll.posts("Tull", { at: [500, 300] });
  await ola.posts("Ingen ringte", { at: [760, 300] });
  for (const person of [kari, ola]) for (const words of ["Tull", "Ingen ringte"]) await person.sees(words);
  const his = await kari.idOf("Ingen ringte");
  await troll.drags(troll.note(his), [40, 200]);
  await press(kari, "lead-people");
  const rows = kari.by("lead-people-list").locator("li");
  // The last who came.
  await rows.filter({ has: kari.by("lead-remove") }).last().getByTestId("lead-remove").click();
  await kari.by("lead-person-do").click();
  await kari.note(await kari.idOf("Ingen ringte")).waitFor();
  for (const person of [kari, ola]) {
    await until(`${person.name} has only what was not theirs`, async () => (await person.texts()).join() === "Ingen ringte");
  }
}, HOUR);

story("leadership is shared and handed over", async ({ people }) => {
  const kari = await leads(people, "Kari");
  const ola = await people.desk("Ola");
  await press(kari, "lead-people");
  await kari.page.getByRole("button", { name: text("lead.share"), exact: true }).first().click();
  await kari.by("lead-person-do").click();
  await ola.by("lead-panel").waitFor();
  await kari.page.getByRole("button", { name: text("lead.hand_over"), exact: true }).first().click();
  await kari.by("lead-person-do").click();
  await kari.by("lead-take").waitFor({ state: "attached" });
  await ola.by("lead-next").click();
  await kari.by("phase-title").waitFor();
}, HOUR);

story("everybody is brought to what the leader sees", async ({ people, document }) => {
  const truth = await document();
  const [id] = truth.addNotes([{ words: "Langt borte", at: [6_000, 4_000] }]);
  truth.addNotes([{ words: "Her", at: [0, 0] }]);
  const kari = await leads(people, "Kari");
  const ola = await people.desk("Ola");
  await ola.page.mouse.move(700, 500);
  for (let turn = 0; turn < 12; turn += 1) await kari.key("+");
  await kari.canvas.focus();
  await kari.key("Tab", "Tab", "Tab");
  await kari.note(id).waitFor();
  await press(kari, "lead-gather");
  await until("the note is in Ola's view", async () => {
    const box = await ola.note(id).boundingBox().catch(() => null);
    return box !== null && box.x > 0 && box.x < 1_300 && box.y > 60 && box.y < 880;
  });
}, HOUR);

for (const theme of ["light", "dark"]) {
  story(`nothing in the panel and its dialogs keeps anybody out (${theme})`, async ({ people }) => {
    const barriers = new Barriers();
    const kari = await leads(people, "Kari", { theme, language: "nb" });
    const ola = await people.desk("Ola", { theme, language: "nb" });
    const ali = await people.phone("Ali");
    await barriers.lookAt(kari, "gathering");
    await barriers.lookAt(ola, "gathering, a participant");
    await next(kari);
    await kari.by("phase-title").waitFor();
    await barriers.lookAt(kari, "silence");
    await barriers.lookAt(ola, "silence, a participant");
    await ali.posts("Ingen ringte");
    await ali.posts("Ingen svarte");
    await next(kari);
    await kari.sees("Ingen ringte");
    await barriers.lookAt(kari, "revealed");
    await more(kari);
    for (const tool of ["groups", "vote", "people", "phases", "voices", "showing", "deck", "scene"]) {
      await press(kari, `lead-${tool}`);
      await kari.page.locator("dialog[open]").first().waitFor();
      await barriers.lookAt(kari, tool);
      await kari.key("Escape");
      await until("it is closed", async () => (await kari.page.locator("dialog[open]").count()) === 0);
    }
    for (const tool of ["insights", "plans"]) {
      await press(kari, `lead-${tool}`);
      await kari.page.locator("dialog[open]").first().waitFor();
      await barriers.lookAt(kari, tool);
      await kari.key("Escape");
    }
    await press(kari, "lead-turns");
    await kari.by("lead-turns-now").waitFor();
    await barriers.lookAt(kari, "the round");
    await barriers.lookAt(ola, "the round, a participant");
    await press(kari, "lead-turns");
    await press(kari, "lead-disturb-all");
    await ola.by("moment-disturbance").waitFor();
    await barriers.lookAt(ola, "disturbed");
    await press(kari, "lead-groups");
    await kari.by("lead-mix").click();
    await kari.by("lead-mix-quality").waitFor();
    await barriers.lookAt(kari, "groups made");
    await kari.key("Escape");
    await press(kari, "lead-vote");
    await kari.by("lead-open-round").click();
    await kari.by("lead-vote-now").waitFor();
    await barriers.lookAt(kari, "a vote");
    await barriers.lookAt(ola, "a vote, a participant");
    barriers.expectNone();
  }, HOUR);
}
