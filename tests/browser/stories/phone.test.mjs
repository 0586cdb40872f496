// One thumb on a bus.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

story("what stands in the box survives a reload", async ({ people }) => {
  const ali = await people.phone("Ali");
  await ali.by("compose").fill("Nesten ferdig skrevet");
  await ali.reload();
  assert.equal(await ali.by("compose").inputValue(), "Nesten ferdig skrevet");
});

story("a note of one's own is mended, and is in my notes after a reload", async ({ people, document }) => {
  const truth = await document();
  const ali = await people.phone("Ali");
  await ali.posts("Bussen er for sen");
  const mine = ali.by("my-notes").locator("[data-note]");
  await mine.tap();
  const field = mine.locator("textarea");
  await field.fill("Bussen er altfor sen");
  await untilEqual("it is mended for all", () => truth.texts(), ["Bussen er altfor sen"]);
  await ali.reload();
  await until("it is still Ali's", async () => (await ali.myNotes()).includes("Bussen er altfor sen"));
});

story("a note is moved to a cluster from a menu", async ({ people, document }) => {
  const truth = await document();
  truth.addCluster("Veien hjem", truth.addNotes([{ words: "Toget er fullt", at: [0, 60] }]));
  const ali = await people.phone("Ali");
  await ali.posts("Bussen er for sen");
  const mine = ali.by("my-notes").locator("[data-note]");
  await mine.tap();
  await mine.getByRole("button", { name: text("phone.move_to_cluster") }).tap();
  await ali.page.getByRole("dialog").getByText("Veien hjem").tap();
  await untilEqual("it is in it", () => truth.clusters(), [{ title: "Veien hjem", notes: ["Bussen er for sen", "Toget er fullt"] }]);
});

story("the back key closes what is open, one thing at a time, before it leaves the board", async ({ people, document }) => {
  const truth = await document();
  truth.addCluster("Veien hjem", truth.addNotes([{ words: "Toget er fullt", at: [0, 60] }]));
  const ali = await people.phone("Ali");
  const back = () => ali.page.goBack();
  const board = ali.page.url();
  await ali.posts("Bussen er for sen");
  const mine = ali.by("my-notes").locator("[data-note]");
  await mine.tap();
  await mine.getByRole("button", { name: text("phone.move_to_cluster") }).tap();
  await ali.page.getByRole("dialog").waitFor();
  await back();
  await until("the dialog is closed", async () => (await ali.page.getByRole("dialog").count()) === 0);
  await mine.locator("textarea").waitFor();
  await back();
  await until("the note is closed", async () => (await mine.locator("textarea").count()) === 0);

  await ali.opens("clusters");
  await ali.page.getByText("Veien hjem").tap();
  await ali.page.getByText("Toget er fullt").waitFor();
  await back();
  await until("the list of clusters is back", async () => (await ali.page.getByText("Toget er fullt").count()) === 0 || !(await ali.page.getByText("Toget er fullt").isVisible()));
  await back();
  await ali.by("compose").waitFor();

  // What is closed by hand leaves nothing behind for the key to close.
  await mine.tap();
  await mine.locator("textarea").waitFor();
  await ali.opens("write");
  await until("the note is closed by hand", async () => (await mine.locator("textarea").count()) === 0);
  await untilEqual("and its entry is gone", () => ali.page.evaluate(() => history.state), null);
  assert.equal(ali.page.url(), board);
  await back();
  await until("the board is left", async () => ali.page.url() !== board);
});
