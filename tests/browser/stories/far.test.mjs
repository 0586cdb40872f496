// Hundreds of notes: far out their clusters and counts are told, near by each note.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { until } from "../harness/until.mjs";

const MANY = Array.from({ length: 400 }, (_, number) => ({
  words: `Lapp nummer ${number}`,
  kind: ["problem", "habit", "idea", "plan"][number % 4],
  at: [(number % 25) * 200, Math.floor(number / 25) * 150],
}));

story("far out a screen reader has clusters and counts, near by the notes", async ({ people, document }) => {
  const truth = await document();
  const ids = truth.addNotes(MANY);
  truth.addCluster("De første", ids.slice(0, 3), { at: [0, 0] });
  const kari = await people.desk("Kari");
  await kari.fits();
  await until("those in no cluster are counted", async () => /\b397 notes/.test(await kari.heard()));
  const far = await kari.heard();
  assert.match(far, /De første.*3 notes/);
  assert.ok(!far.includes("Lapp nummer 200"), "four hundred notes are too many to hear");

  await kari.canvas.focus();
  await kari.key("0");
  await until("the notes in view are told", async () => (await kari.heard()).match(/Lapp nummer \d+/g)?.length > 5);
  const near = await kari.texts();
  assert.ok(near.length < 150, `${near.length} notes are elements`);
});

story("the wall shows many notes by turns, and says how many there are", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes(MANY.slice(0, 120));
  const wall = await people.wall();
  await until("it counts them", async () => /120/.test(await wall.page.locator("body").innerText()));
  await until("some are shown", async () => (await wall.texts()).length > 5);
});
