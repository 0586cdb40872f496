// A desk that looks elsewhere is told of what others lay on the board, and gets there with one press.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const told = (person) => person.by("new-outside").innerText();

// Far to the right and below of all that lies there.
async function looksElsewhere(person) {
  await person.canvas.focus();
  await person.page.mouse.move(700, 450);
  await person.page.mouse.wheel(2_400, 2_400);
  await until("nothing is in view", async () => (await person.texts()).length === 0);
}

story("who leads and looks elsewhere is told that something new has come, and is brought there", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes([{ words: "Ingen ringte", at: [340, 320] }]);
  const kari = await people.desk("Kari", { as: "facilitator", language: "nb" });
  await kari.sees("Ingen ringte");
  const ali = await people.phone("Ali", { language: "nb" });
  await ali.posts("Bussen gikk");
  await kari.sees("Bussen gikk");
  assert.equal(await told(kari), "", "it came into view");

  await looksElsewhere(kari);
  await ali.posts("Ingen svarte");
  await untilEqual("she is told", () => told(kari), "1 ny lapp utenfor det du ser");
  await ali.posts("Jeg la på");
  await untilEqual("and of the next one", () => told(kari), "2 nye lapper utenfor det du ser");
  await kari.by("outside-show").click();
  await kari.sees("Ingen svarte");
  await kari.sees("Jeg la på");
  await untilEqual("it is no news any more", () => told(kari), "");
  assert.equal(await kari.page.locator(".note--selected").count(), 2, "which they are is seen");
});

story("what one writes oneself, and what comes into view, is no news", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes([{ words: "Ingen ringte", at: [340, 320] }]);
  const kari = await people.desk("Kari", { language: "nb" });
  await kari.sees("Ingen ringte");
  const ola = await people.desk("Ola", { language: "nb" });
  await ola.sees("Ingen ringte");
  await looksElsewhere(kari);
  await ola.posts("Bussen gikk", { at: [400, 300] });
  await untilEqual("she is told", () => told(kari), "1 ny lapp utenfor det du ser");
  assert.equal(await told(ola), "");
  await kari.fits("nb");
  await kari.sees("Bussen gikk");
  await untilEqual("it is seen", () => told(kari), "");

  await looksElsewhere(kari);
  await ola.posts("Jeg la på", { at: [1_000, 650] });
  await untilEqual("she is told again", () => told(kari), "1 ny lapp utenfor det du ser");
  await kari.by("outside-leave").click();
  await untilEqual("she does not want to know", () => told(kari), "");
});
