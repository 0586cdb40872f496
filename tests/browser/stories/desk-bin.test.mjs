// Nobody wipes the board: whose note went is told, who leads has a bin, and only some may delete or rename where the
// board says so.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
const NB = { language: "nb" };

async function opensSetting(lead, hook) {
  const setting = lead.by(hook);
  await until(`${hook} is there`, async () => {
    if (await setting.isVisible()) return true;
    await lead.by("lead-more").click();
    return setting.isVisible();
  });
  await setting.click();
  await lead.page.locator("dialog[open]").waitFor();
}

story("whose note another deleted is told on phone and desk, and brings it back", async ({ people, document }) => {
  const truth = await document();
  const ali = await people.phone("Ali", { ...NB, theme: "dark" });
  const ola = await people.desk("Ola", NB);
  const kari = await people.desk("Kari"); // in English
  await kari.isCalled("Kari");
  await ali.posts("Ingen ringte");
  await ola.posts("Ingen svarte", { at: [700, 420] });
  await kari.sees("Ingen svarte");
  await kari.sees("Ingen ringte");
  await kari.canvas.focus();
  await kari.key("Control+a", "Delete");
  await untilEqual("both went: a few go without a question", () => truth.texts(), []);
  for (const person of [ali, ola]) await person.by("notice-stays").filter({ hasText: "slettet lappen din" }).waitFor();
  assert.equal(await kari.by("notice-stays").count(), 0);
  await ali.by("notice-stays").getByRole("button", { name: text("lead.bring_back", {}, "nb") }).tap();
  await untilEqual("Ali's is back", () => truth.texts(), ["Ingen ringte"]);
  await ali.by("notice-stays").waitFor({ state: "detached" });
  await ola.by("notice-stays").getByRole("button", { name: text("lead.bring_back", {}, "nb") }).click();
  await untilEqual("and Ola's", () => truth.texts(), ["Ingen ringte", "Ingen svarte"]);
});

story("who leads has a bin: one, some and all come back", async ({ people, document }) => {
  const truth = await document();
  const all = ["Ali", "Bea", "Cai", "Dag"];
  truth.addNotes(all.map((words, at) => ({ words, at: [120 + 210 * at, 300] })));
  const liv = await people.desk("Liv", { ...NB, as: "facilitator" });
  const kari = await people.desk("Kari"); // in English
  await kari.isCalled("Kari");
  await kari.sees("Dag");
  await kari.canvas.focus();
  await kari.key("Control+a", "Delete");
  await kari.by("others-work-go").click();
  await untilEqual("all are gone", () => truth.texts(), []);

  await opensSetting(liv, "lead-bin");
  const rows = liv.by("lead-bin-notes").locator("li");
  await untilEqual("four lie in it", () => rows.count(), 4);
  assert.match(await rows.first().innerText(), /Kari slettet den klokka \d\d:\d\d/);
  const barriers = new Barriers();
  await barriers.lookAt(liv, "the bin");
  barriers.expectNone();
  await rows.filter({ hasText: "Bea" }).getByRole("button").click();
  await untilEqual("one is back", () => truth.texts(), ["Bea"]);
  await rows.filter({ hasText: "Cai" }).getByRole("checkbox").check();
  await liv.by("bin-fetch").click();
  await untilEqual("some are", () => truth.texts(), ["Bea", "Cai"]);
  await liv.by("bin-fetch").click();
  await untilEqual("all are", () => truth.texts(), all);
  await liv.by("bin-empty").waitFor();
}, HOUR);

story("where only writers delete and only facilitators rename, others are told so and nothing changes", async ({ people, document }) => {
  const truth = await document();
  const id = truth.addNote("Ingen ringte", { at: [420, 300] });
  const liv = await people.desk("Liv", { ...NB, as: "facilitator" });
  const kari = await people.desk("Kari", NB);
  const ali = await people.phone("Ali", NB);
  await kari.sees("Ingen ringte");
  await opensSetting(liv, "lead-rights");
  const barriers = new Barriers();
  for (const right of ["right-delete", "right-rename"]) {
    await liv.by(right).click();
    await until(`${right} holds`, async () => (await liv.by(right).getAttribute("aria-checked")) === "true");
  }
  await barriers.lookAt(liv, "what participants may do");
  barriers.expectNone();
  await liv.key("Escape");

  await untilEqual("the title is only read", () => kari.by("board-title").locator("button").count(), 0);
  await kari.selects(id);
  await kari.key("Delete");
  await kari.isTold(text("rights.only_writers", {}, "nb"));
  await ali.opens("board");
  await ali.taps(ali.note(id).getByRole("button").first());
  await ali.taps(ali.note(id).getByRole("button", { name: text("note.delete", {}, "nb"), exact: true }));
  await ali.isTold(text("rights.only_writers", {}, "nb"));
  assert.deepEqual(truth.texts(), ["Ingen ringte"]);

  // By another client than the one that wrote it, which knows nothing of rights.
  const stranger = await document();
  stranger.doc.getMap("notes").delete(id);
  for (const one of [stranger, truth]) await untilEqual("it comes back there, too", () => one.texts(), ["Ingen ringte"]);
  const own = await kari.posts("Min egen", { at: [1100, 620] });
  await kari.selects(own);
  await kari.key("Delete");
  await untilEqual("one's own goes", () => truth.texts(), ["Ingen ringte"]);
  await liv.selects(id);
  await liv.key("Delete");
  await untilEqual("and who leads deletes any", () => truth.texts(), []);
}, HOUR);
