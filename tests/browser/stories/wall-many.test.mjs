// A wall with more than it can show at once, and notes that say more than their paper holds.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { story } from "../harness/story.mjs";
import { text as inLanguage } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const text = (key) => inLanguage(key, {}, "nb");
const LONG = "Jeg ringte tre ganger, og måtte fortelle det hele på nytt hver gang. ".repeat(49).trim();
const hour = { title: "Trygt hjem fra sykehuset", template: "samskaping-60" };
const words = (count, from = 0) =>
  Array.from({ length: count }, (_, at) => ({ words: `Hjemmesykepleien visste ikke om det før mandag (${at + from})` }));
const fits = (wall, where) => untilEqual(`everything stands right: ${where}`, () => wall.faults(), []);

for (const [width, height] of [[1920, 1080], [1024, 768]]) {
  story(`three hundred notes: an overview, then cards, then all in brief, at ${width} × ${height}`, async ({ people, document }) => {
    const truth = await document();
    truth.addCluster("Nettene er verst", truth.addNotes(words(120)));
    truth.addCluster("Medisinene", truth.addNotes(words(100, 200)));
    truth.addCluster("Ingen har sagt noe her", []);
    truth.addNotes(words(80, 400));
    const wall = await people.wall({ language: "nb", viewport: { width, height } });
    const caption = () => wall.by("wall-page").innerText();
    await until("it opens with the overview", async () => (await caption()) === text("wall.overview"));
    const overview = await wall.page.locator(".wall__stage").innerText();
    for (const one of ["Nettene er verst", "120 lapper", "Medisinene", "100 lapper", text("wall.cluster_empty"), "80 lapper"]) {
      assert.ok(overview.includes(one), `the overview says «${one}»: ${overview}`);
    }
    await fits(wall, "overview");
    await until("then cards", async () => (await caption()) === text("wall.new_and_least_shown"), { within: 20_000 });
    await fits(wall, "cards");
    assert.ok((await wall.page.locator("[data-note]").count()) >= 8, "a page is filled");
    assert.match(await wall.page.locator(".wall__region-count").first().innerText(), /av \d+, resten kommer/);
    const fresh = truth.addNote("Dette kom nå nettopp");
    await until("then all in brief", async () => (await caption()).startsWith(text("wall.all_in_short")), { within: 20_000 });
    await fits(wall, "digest");
    assert.ok((await wall.by("wall-digest").locator("[data-note]").count()) >= 50);
    assert.ok((await wall.by("wall-digest").innerText()).includes(text("wall.goes_on")), "a cluster that goes on says so");
    await until("what is new is on the next cards", async () =>
      (await caption()) === text("wall.new_and_least_shown") && (await wall.page.locator(`[data-note="${fresh}"]`).count()) === 1, { within: 60_000 });
  });
}

story("a cluster alone and a vote of very much go by turns, too, and the overview fills the wall", async ({ server, board, people, document }) => {
  const truth = await document();
  const long = "Ingen eier overgangen fra sykehuset til kommunen, og ingen vet hvem som skal ringe hvem når noe går galt. ".repeat(2).slice(0, 200).trim();
  const cluster = truth.addCluster(long, truth.addNotes(words(150)));
  truth.addCluster("Medisinene", truth.addNotes(words(3, 200)));
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const wall = await people.wall({ language: "nb" });
  const caption = () => wall.by("wall-page").innerText();
  const filled = () => wall.page.locator(".wall__stage").evaluate((stage) => {
    const cards = [...stage.querySelectorAll(".wall__region")].map((card) => card.getBoundingClientRect());
    return Math.max(...cards.map((card) => card.bottom)) / stage.getBoundingClientRect().bottom;
  });
  await until("it opens with the overview", async () => (await caption()) === text("wall.overview"));
  assert.ok((await filled()) > 0.98, `the cards end at ${await filled()}`);
  await fits(wall, "the overview with the longest title that a person may write");
  await liv.does("spotlight", { item: `cluster:${cluster}` });
  await wall.shows("spotlight");
  await until("the cluster opens with its overview", async () => (await caption()) === text("wall.overview"));
  assert.ok(!(await wall.page.locator(".wall__stage").innerText()).includes("Medisinene"));
  await fits(wall, "one cluster");
  await until("then its cards", async () => (await wall.page.locator(".wall__stage [data-note]").count()) >= 8, { within: 20_000 });
  await fits(wall, "its cards");
  await liv.does("open-round", { wish: { title: "Hva først?", dots: 2, most_on_one: 1, on: "clusters" } });
  await wall.shows("vote");
  await until("what there is to choose fills the wall", async () => (await filled()) > 0.98);
  await fits(wall, "vote");
  liv.leave();
}, { board: hour });

story("a note that says very much is folded on each screen, and read whole by who wants to", async ({ people, document }) => {
  const truth = await document();
  const [long] = truth.addNotes([{ words: LONG, at: [100, 100] }, { words: "Ingen ringte", at: [400, 100] }]);
  const kari = await people.desk("Kari", { language: "nb" });
  const note = kari.note(long);
  await note.waitFor();
  await kari.liesStill(long);
  const scale = Number(await kari.by("canvas").getAttribute("data-scale"));
  assert.ok(scale > 0.6, `the board opens at ${scale}`);
  const { height } = await note.boundingBox();
  assert.ok(height / scale < 330, `it is ${height / scale} high`);

  await note.getByTestId("read-more").click();
  await until("all of it can be read", async () => (await kari.by("reading").innerText()).includes(LONG));
  await kari.page.keyboard.press("Escape");
  await until("it is closed", async () => (await kari.by("reading").count()) === 0);

  await kari.page.keyboard.press("Enter");
  await kari.by("note-field").waitFor();
  const field = await kari.by("note-field").boundingBox();
  await until("all of it is seen while one writes", async () => {
    const paper = await note.boundingBox();
    return paper.height / scale > 700 && field.width / scale > 400;
  });
  await kari.page.keyboard.press("Escape");

  const wall = await people.wall({ language: "nb" });
  await wall.page.getByText(text("wall.read_more")).waitFor();
  await fits(wall, "a folded note");
  const ali = await people.phone("Ali", { language: "nb" });
  await ali.page.getByText(text("phone.tab_board"), { exact: true }).first().click();
  const row = ali.page.locator(`[data-note="${long}"]`);
  await row.first().waitFor();
  await row.getByTestId("row-rest").waitFor();
});

story("what is read is on desks and phones, too, and the prompt stays in sight", async ({ server, board, people, document }) => {
  const truth = await document();
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const note = truth.addNote("Ingen ringte da hun kom hjem");
  await liv.next();
  await liv.next();
  const kari = await people.desk("Kari", { language: "nb" });
  const ali = await people.phone("Ali", { language: "nb" });
  const wall = await people.wall({ language: "nb" });
  await until("the desk says what is asked", async () => (await kari.by("phase-prompt").innerText()).length > 5);
  await until("so does the wall", async () => (await wall.by("wall-prompt").innerText()).length > 5);
  await liv.does("read-next");
  await wall.shows("spotlight");
  for (const person of [kari, ali]) {
    await until(`${person.name} reads it`, async () => (await person.by("spotlit").innerText()).includes("Ingen ringte da hun kom hjem"));
  }
  await kari.by("spotlit-show").click();
  await until("the desk shows where it is", async () => (await kari.note(note).getAttribute("class")).includes("note--selected"));
  await liv.does("open-round", { wish: { title: "Hva må vi ta tak i først?", dots: 2, most_on_one: 1, on: "notes" } });
  await wall.shows("vote");
  for (const one of ["Hva må vi ta tak i først?", text("wall.look_at_screen"), "Ingen ringte da hun kom hjem"]) {
    await until(`the wall says «${one}»`, async () => (await wall.by("wall-vote").innerText()).includes(one));
  }
  await fits(wall, "vote");
  await until("it is read no more", async () => (await kari.by("spotlit").count()) === 0);
  liv.leave();
}, { board: hour });

story("printing gives the words of the board, and no bars", async ({ people, document }) => {
  const truth = await document();
  truth.addCluster("Nettene", truth.addNotes([{ words: "Natta var verst" }]));
  truth.addNote("Ring dagen etter", { kind: "plan" });
  const kari = await people.desk("Kari", { language: "nb" });
  await kari.sees("Natta var verst");
  await kari.page.emulateMedia({ media: "print" });
  await kari.page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const paper = await kari.page.locator(".print").innerText();
  for (const one of ["Nettene", "Natta var verst", text("cluster.loose"), text("moment.plans"), "Ring dagen etter"]) {
    assert.ok(paper.includes(one), `the paper says «${one}»: ${paper}`);
  }
  assert.ok(await kari.page.locator("main.desk").isHidden(), "nothing else is on it");
  await kari.page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await kari.page.emulateMedia({ media: "screen" });
  assert.equal(await kari.page.locator(".print").count(), 0);
});
