// What was written where there was no network, while the board was locked: it says that it waits, on phone and desk, in the
// chip and in the rows, stays on the device over a reload, and comes by itself.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const press = async (person, tool) => {
  const button = person.by(tool).first();
  if (!(await button.isVisible())) await person.page.locator(".lead__more").evaluate((all) => (all.open = true));
  await button.click();
};
const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
const held = text("connection.held_by_board");

story("what a lock holds back says so, is kept, and comes by itself", async ({ people, document }) => {
  const truth = await document();
  const liv = await people.desk("Liv", { as: "facilitator" });
  const [ali, ola] = [await people.phone("Ali"), await people.desk("Ola")];
  await ali.posts("Før låsen");
  await ali.isSaved();
  for (const person of [ali, ola]) await person.losesTheNetwork();
  await ali.posts("Uten nett");
  await ola.pastes("På pulten");
  await press(liv, "lead-lock");
  for (const person of [ali, ola]) await person.getsTheNetworkBack();

  const waits = async () => {
    for (const person of [ali, ola]) {
      await until(`${person.name} waits`, async () => (await person.connection()) === "held");
      await until(`${person.name} is told why`, async () => (await person.by("connection").innerText()).includes(held));
    }
    const rows = await ali.by("my-notes").locator("li").evaluateAll((all) => all.map((row) => row.dataset.state));
    assert.deepEqual(rows.sort(), ["held", "saved"]);
    assert.ok((await ali.myNotes()).includes(held));
    assert.deepEqual(await truth.texts(), ["Før låsen"]);
  };
  await waits();
  if (process.env.LOOK) for (const person of [ali, ola]) await person.page.screenshot({ path: `${process.env.LOOK}/held-${person.name}.png` });
  for (const person of [ali, ola]) await person.page.reload();
  await ali.by("my-notes").getByText("Uten nett").waitFor();
  await waits();

  await press(liv, "lead-unlock");
  for (const person of [ali, ola]) await person.isSaved();
  assert.ok(!(await ali.myNotes()).includes(held));
  await untilEqual("all of it came", async () => (await truth.texts()).sort(), ["Før låsen", "På pulten", "Uten nett"]);
}, HOUR);

story("what a locked cluster holds back holds back nothing else of the page", async ({ server, board, people, document }) => {
  const truth = await document();
  const notes = truth.addNotes([{ words: "I klynga", at: [500, 300] }, { words: "Også", at: [500, 420] }]);
  const cluster = truth.addCluster("Vente", notes, { at: [480, 240] });
  truth.addNote("Fri", { at: [1000, 300] });
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const ola = await people.desk("Ola");
  await ola.sees("I klynga");
  const lock = (clusters) => liv.does("lock", { locks: { board: false, clusters } });

  await ola.losesTheNetwork();
  await ola.writesIn(notes[0]);
  await ola.page.keyboard.type(", uten nett");
  await ola.stopsWriting();
  await lock([cluster]);
  await ola.getsTheNetworkBack();
  await until("they wait", async () => (await ola.connection()) === "held");
  // Live, and again after a while without a network, and after a reload.
  await ola.pastes("Live");
  await until("it comes at once", () => truth.texts().includes("Live"));
  await ola.losesTheNetwork();
  await ola.pastes("Uten nett igjen");
  await ola.getsTheNetworkBack();
  await until("it comes with the network", () => truth.texts().includes("Uten nett igjen"));
  await ola.page.reload();
  await ola.sees("I klynga, uten nett");
  await ola.pastes("Etter");
  await until("it comes, too", () => truth.texts().includes("Etter"));
  assert.equal(truth.textOf(notes[0]), "I klynga");
  assert.equal(await ola.connection(), "held");

  await lock([]);
  await ola.isSaved();
  await untilEqual("what waited comes last", () => truth.textOf(notes[0]), "I klynga, uten nett");
});
