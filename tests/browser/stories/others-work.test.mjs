// What many wrote does not go by two keys of one.

import { story } from "../harness/story.mjs";
import { untilEqual } from "../harness/until.mjs";

story("more than a few notes of others are asked about before they go or are copied", async ({ people, document }) => {
  const truth = await document();
  const all = ["Ali", "Bea", "Cai", "Dag"];
  truth.addNotes(all.map((words, at) => ({ words, at: [120 + 260 * at, 160] })));
  const kari = await people.desk("Kari");
  await kari.sees("Dag");

  for (const key of ["Delete", "Control+d"]) {
    await kari.canvas.focus();
    await kari.key("Control+a", key);
    await kari.by("others-work").waitFor();
    await kari.key("Escape");
    await kari.by("others-work").waitFor({ state: "hidden" });
    await untilEqual("nothing was done", () => truth.texts(), all);
  }

  await kari.canvas.focus();
  await kari.key("Control+a", "Delete");
  await kari.by("others-work-go").click();
  await untilEqual("who says yes deletes them", () => truth.texts(), []);
  await kari.undoes();
  await untilEqual("and back", () => truth.texts(), all);
});

story("who facilitates brings back what one removed of many, also after the page was loaded again", async ({ people, document }) => {
  const truth = await document();
  const all = ["Ali", "Bea", "Cai", "Dag", "Eli"];
  truth.addNotes(all.map((words, at) => ({ words, at: [120 + 260 * at, 160] })));
  const kari = await people.desk("Kari");
  const liv = await people.phone("Liv", { as: "facilitator", language: "nb", theme: "dark" });
  const siv = await people.desk("Siv", { as: "facilitator", language: "nb" });
  await kari.isCalled("Kari");
  await kari.sees("Eli");
  await kari.canvas.focus();
  await kari.key("Control+a", "Delete");
  await kari.by("others-work-go").click();
  await untilEqual("all are gone", () => truth.texts(), []);

  for (const lead of [liv, siv]) await lead.by("notice-stays").filter({ hasText: /Kari.* 5 lapper/ }).waitFor();
  await liv.reload();
  await liv.by("notice-stays").waitFor();
  // What lies behind a dialog can be neither seen nor pressed.
  await siv.key("?");
  await siv.page.locator("dialog[open] .notice").getByRole("button", { name: "Hent tilbake" }).click();
  await untilEqual("all are back", () => truth.texts(), all);
  for (const lead of [liv, siv]) await lead.by("notice-stays").waitFor({ state: "detached" });
  await untilEqual("Kari was told nothing", () => kari.by("notice-stays").count(), 0);
});
