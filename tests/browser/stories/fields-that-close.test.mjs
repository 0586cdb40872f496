// A field goes away while somebody writes in it: the words stay, the keys rest, and the person is told.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const kept = (person) => person.by("kept-text").first();
const words = (person) => kept(person).inputValue();
const keptIs = (person, expected) => untilEqual(`${person.name}'s words are kept`, () => words(person), expected);
const hasNone = (person) => person.by("kept-words").waitFor({ state: "detached" });
const isTold = (person, key) => person.by("kept-words").getByText(text(`kept.${key}`)).waitFor();
const hears = (person, key) =>
  until(`${person.name} hears of it`, async () => (await person.by("announced").textContent()).includes(text(`kept.${key}`)));

// Types as fast typists do, and somebody else does something in the middle of it.
async function typesWhile(person, before, deed, after) {
  await person.page.keyboard.type(before, { delay: 25 });
  const done = deed();
  await person.page.keyboard.type(after, { delay: 25 });
  await done;
}

const lock = (guest, clusters = []) => guest.does("lock", { locks: { board: clusters.length === 0, clusters } });
const unlock = (guest) => guest.does("lock", { locks: { board: false, clusters: [] } });

// Four corners, so that what lies between them is in view, beside the panels.
const corners = (truth) =>
  truth.addNotes([[400, 100], [1300, 100], [400, 700], [1300, 700]].map((at, index) => ({ words: `Hjørne ${index}`, at })));
const between = (truth) => truth.texts().filter((words) => !words.startsWith("Hjørne"));

// Writes in a note that has just landed: first it lies still.
async function writesIn(person, id) {
  await person.liesStill(id);
  await person.writesIn(id);
}

// What is typed on holds the letters of shortcuts: problem, habit, idea, plan, link, hand.
const ON = "v i p l n k h v";

story("a note goes from under a desk's hands: its words stay and can be posted", async ({ server, board, people, document }) => {
  const truth = await document();
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  corners(truth);
  const other = truth.addNote("Blir liggende", { at: [1000, 320] });
  const ola = await people.desk("Ola");

  // Somebody deletes it.
  const deleted = truth.addNote("Ventetid", { kind: "habit", at: [760, 320] });
  await ola.sees("Ventetid");
  await writesIn(ola, deleted);
  await typesWhile(ola, " på te", () => truth.doc.getMap("notes").delete(deleted), `lefon ${ON}`);
  await keptIs(ola, `Ventetid på telefon ${ON}`);
  await isTold(ola, "note_deleted");
  await hears(ola, "note_deleted");
  await ola.key("Delete", "Backspace", "Enter", "ArrowLeft");
  assert.deepEqual(between(truth), ["Blir liggende"], "no key was a shortcut");
  await kept(ola).fill("Ventetid på telefon");
  await ola.by("kept-post").click();
  await untilEqual("it is on the board", () => between(truth), ["Blir liggende", "Ventetid på telefon"]);
  assert.equal(truth.fields("Ventetid på telefon").kind, "habit", "of the kind that it was");
  assert.deepEqual(truth.fields("Ventetid på telefon").pos, [760, 320], "where it lay");
  await hasNone(ola);

  // A facilitator hides it; over a reload the words stay, and thrown away they come back.
  const hidden = await ola.idOf("Ventetid på telefon");
  await writesIn(ola, hidden);
  await typesWhile(ola, " og s", () => kari.does("hide", { note: hidden }), "krankepost v");
  await keptIs(ola, "Ventetid på telefon og skrankepost v");
  await isTold(ola, "note_hidden");
  await ola.reload();
  await keptIs(ola, "Ventetid på telefon og skrankepost v");
  await ola.by("kept-discard").click();
  await hasNone(ola);
  await ola.page.locator(".notice__action").click();
  await keptIs(ola, "Ventetid på telefon og skrankepost v");
  await kari.does("restore", { note: hidden });
  await ola.by("kept-put-back").click();
  await untilEqual("the note has them", () => truth.textOf(hidden), "Ventetid på telefon og skrankepost v");

  // Nothing was typed: they are told, and a key is no shortcut; after a pause it is.
  await writesIn(ola, other);
  truth.doc.getMap("notes").delete(other);
  await ola.field.waitFor({ state: "detached" });
  await ola.key("Delete");
  await ola.page.getByText(text("kept.note_deleted")).first().waitFor();
  assert.equal(await ola.by("kept-words").count(), 0, "they had typed nothing");
  await until("keys are keys again", async () => {
    await ola.page.waitForTimeout(1_600);
    await ola.key("p");
    return (await ola.field.count()) === 1;
  });

  // What the person here deletes is not taken from them.
  await ola.page.keyboard.type("Min egen");
  for (let times = 0; times < 3; times += 1) await ola.key("Control+z");
  await ola.field.waitFor({ state: "detached" });
  assert.equal(await ola.by("kept-words").count(), 0);
});

story("a title, a plan and a composed word stay when what they belong to goes", async ({ people, document }) => {
  const truth = await document();
  corners(truth);
  const notes = truth.addNotes([{ words: "Én", at: [620, 420] }, { words: "To", at: [840, 420] }]);
  const cluster = truth.addCluster("Vente", notes, { at: [600, 360] });
  const ola = await people.desk("Ola");
  await ola.sees("Én");

  await ola.cluster(cluster).locator(".cluster__title").dblclick();
  await ola.by("cluster-field").waitFor();
  await ola.key("End");
  await typesWhile(ola, "t", () => truth.doc.getMap("clusters").delete(cluster), `id ${ON}`);
  await keptIs(ola, `Ventetid ${ON}`);
  await isTold(ola, "cluster_gone");
  assert.deepEqual(between(truth), ["To", "Én"], "no key was a shortcut");
  await ola.by("kept-discard").click();

  // An input method is at work when the note goes.
  const composed = truth.addNote("slutt", { at: [1060, 320] });
  await ola.sees("slutt");
  await writesIn(ola, composed);
  const keyboard = await ola.context.newCDPSession(ola.page);
  await keyboard.send("Input.imeSetComposition", { text: "にほん", selectionStart: 3, selectionEnd: 3 });
  truth.doc.getMap("notes").delete(composed);
  await keptIs(ola, "sluttにほん");
  await ola.by("kept-discard").click();

  // What a plan is asked, before the hand has rested.
  const plan = truth.addNote("Ringe tilbake", { kind: "plan", at: [1060, 320] });
  await ola.note(plan).click();
  const who = ola.by("plan-who");
  if (!(await who.isVisible())) await ola.button("note.more_of_plan").click();
  await who.focus();
  await typesWhile(ola, "Ka", () => truth.doc.getMap("notes").delete(plan), "ri v");
  await keptIs(ola, "Kari v");
  assert.deepEqual(between(truth), ["To", "Én"]);
});

story("a desk in silence when all is shown, and when the board is locked", async ({ server, board, people, document }) => {
  const truth = await document();
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  corners(truth);
  const ola = await people.desk("Ola");
  const field = ola.by("silent-compose");

  // Locked in silence: the paper stays, and takes what is typed on.
  await kari.does("start-silence");
  await field.focus();
  await typesWhile(ola, "Ingen ", () => lock(kari), `ringte ${ON}`);
  await ola.by("board-locked").waitFor();
  assert.equal(await field.inputValue(), `Ingen ringte ${ON}`);
  await ola.by("silent-post").click({ force: true });
  assert.equal(await field.inputValue(), `Ingen ringte ${ON}`, "it waits");
  await unlock(kari);
  await ola.by("board-locked").waitFor({ state: "detached" });

  // Shown: the paper goes, its words don't.
  await field.focus();
  await ola.key("End");
  await typesWhile(ola, " t", () => kari.does("reveal"), `ilbake ${ON}`);
  await field.waitFor({ state: "detached" });
  await keptIs(ola, `Ingen ringte ${ON} tilbake ${ON}`);
  await isTold(ola, "shown");
  assert.deepEqual(between(truth), [], "no key was a shortcut");
  await kept(ola).fill("Ingen ringte tilbake");
  await ola.by("kept-post").click();
  await untilEqual("it is on the board", () => between(truth), ["Ingen ringte tilbake"]);

  // In silence what is posted from the card is a draft.
  await kari.does("start-silence");
  await field.waitFor();
  assert.equal(await field.inputValue(), "", "the words moved to the card, and are not here as well");
  const id = await ola.idOf("Ingen ringte tilbake");
  await ola.fits();
  await writesIn(ola, id);
  await typesWhile(ola, ", nok", () => truth.doc.getMap("notes").delete(id), "en");
  await keptIs(ola, "Ingen ringte tilbake, noken");
  await ola.by("kept-post").click();
  await ola.by("draft").waitFor();
  assert.deepEqual(between(truth), []);

  // A draft that is being written when all is shown: every letter is on the note, and what is typed on can follow.
  await ola.by("draft").getByRole("button").click();
  await ola.page.locator(".row-note__field").waitFor();
  await ola.key("End");
  await ola.page.keyboard.type("!");
  await kari.does("reveal");
  await untilEqual("the note has every letter", () => between(truth), ["Ingen ringte tilbake, noken!"]);

  // A locked board closes a note; what is typed on is put back when it opens.
  const note = await ola.idOf("Ingen ringte tilbake, noken!");
  await ola.fits();
  await writesIn(ola, note);
  await ola.page.keyboard.type(" Aldri");
  await lock(kari);
  await ola.field.waitFor({ state: "detached" });
  await ola.page.keyboard.type(" v");
  await keptIs(ola, "Ingen ringte tilbake, noken! Aldri v");
  assert.equal(await ola.by("kept-post").or(ola.by("kept-put-back")).getAttribute("aria-disabled"), "true");
  await unlock(kari);
  await ola.by("kept-put-back").click();
  await untilEqual("the note has it", () => between(truth), ["Ingen ringte tilbake, noken! Aldri v"]);
});

story("what is asked and over, and a plan in the list of plans, leave the words that were begun", async ({ server, board, people, document }) => {
  const truth = await document();
  corners(truth);
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  const per = await Guest.come(server, board, "Per");
  const ola = await people.desk("Ola");
  await per.drafts("Ingen spurte meg", { kind: "habit" });
  await kari.does("start-say-back");
  await ola.by("say-back-text").focus();
  await typesWhile(ola, "De ", () => kari.does("end-say-back"), `glemte ${ON}`);
  await keptIs(ola, `De glemte ${ON}`);
  await isTold(ola, "over");
  assert.deepEqual(between(truth), ["Ingen spurte meg"], "no key was a shortcut");
  await kept(ola).fill("De glemte å spørre");
  await ola.by("kept-post").click();
  await untilEqual("it is on the board", () => between(truth), ["De glemte å spørre", "Ingen spurte meg"]);
  assert.equal(truth.fields("De glemte å spørre").kind, "habit", "of the kind of what it says back");

  // In a dialog the words come where they are seen.
  const plan = truth.addNote("Ringe tilbake", { kind: "plan", at: [1060, 320] });
  const eva = await people.desk("Eva", { as: "facilitator" });
  await kari.does("go-to", { from: null, to: kari.view.phases.at(-1).id });
  await eva.by("lead-plans").first().waitFor({ state: "attached" });
  if (!(await eva.by("lead-plans").first().isVisible())) await eva.by("lead-more").click();
  await eva.by("lead-plans").first().click();
  await eva.by("plan-card").locator("[data-field=who]").focus();
  await typesWhile(eva, "Am", () => truth.doc.getMap("notes").delete(plan), "ina v");
  await untilEqual("her words are in the dialog", () => eva.by("plans").getByTestId("kept-text").inputValue(), "Amina v");
}, { board: { template: "samskaping-60" } });

story("on a phone the words stay, too", async ({ server, board, people, document }) => {
  const truth = await document();
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  const siri = await people.phone("Siri");

  // A note of one's own that somebody deletes.
  await siri.posts("Ventetid");
  const id = await siri.by("my-notes").locator("[data-note]").getAttribute("data-note");
  await until("it is on the board", () => truth.textOf(id));
  await siri.taps(siri.note(id).getByRole("button").first());
  await siri.page.locator(".row-note__field").waitFor();
  await typesWhile(siri, " på te", () => truth.doc.getMap("notes").delete(id), "lefon v");
  await keptIs(siri, "Ventetid på telefon v");
  await isTold(siri, "note_deleted");
  await siri.taps(siri.by("kept-post"));
  await untilEqual("it is on the board", () => truth.texts(), ["Ventetid på telefon v"]);

  // What one deletes oneself is not offered.
  const own = await siri.by("my-notes").locator("[data-note]").first().getAttribute("data-note");
  await siri.taps(siri.note(own).getByRole("button").first());
  await siri.page.keyboard.type(" ja");
  await siri.taps(siri.note(own).getByRole("button", { name: text("note.delete") }));
  await siri.note(own).waitFor({ state: "detached" });
  assert.equal(await siri.by("kept-words").count(), 0);

  // The box stays when the board is locked, and posts when it opens.
  await siri.by("compose").focus();
  await typesWhile(siri, "Ingen ", () => lock(kari), "ringte");
  await siri.page.getByText(text("session.board_locked")).waitFor();
  assert.equal(await siri.by("compose").inputValue(), "Ingen ringte");
  await siri.by("post").tap({ force: true });
  assert.equal(await siri.by("compose").inputValue(), "Ingen ringte", "it waits");
  await unlock(kari);
  await siri.page.getByText(text("session.board_locked")).waitFor({ state: "detached" });
  await siri.taps(siri.by("post"));
  await until("it is on the board", () => truth.texts().includes("Ingen ringte"));

  // A note in a cluster that is locked, and the title of one that is dissolved.
  const [note] = truth.addNotes([{ words: "Køen", at: [40, 40] }]);
  const cluster = truth.addCluster("Vente", [note]);
  await siri.opens("clusters");
  await siri.taps(siri.page.locator(`[data-cluster="${cluster}"] button`).first());
  const title = siri.page.locator("textarea.page-title");
  await title.focus();
  await siri.page.keyboard.press("End");
  await typesWhile(siri, "t", () => truth.doc.getMap("clusters").delete(cluster), "id");
  await keptIs(siri, "Ventetid");
  await isTold(siri, "cluster_gone");
  await siri.taps(siri.by("kept-discard"));

  // Sent out: the words can still be taken along, and there is no way to post them.
  await siri.opens("write");
  await siri.by("compose").fill("Det jeg ville si");
  await siri.by("compose").focus();
  await kari.does("remove", { person: kari.people.find((one) => !one.leads).person });
  await keptIs(siri, "Det jeg ville si");
  await isTold(siri, "removed");
  assert.equal(await siri.by("kept-post").count(), 0);
  await siri.by("kept-copy").waitFor();
});

story("the board's title stays in its writer's hands when the board is locked, and an answer about a habit when it goes", async ({ server, board, people, document }) => {
  const truth = await document();
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  corners(truth);
  const ola = await people.desk("Ola");
  await ola.sees("Hjørne 0");
  await ola.by("board-title").getByRole("button").click();
  const title = ola.by("board-title-field");
  await title.waitFor();
  await title.fill("");
  await typesWhile(ola, "Trygt ", () => lock(kari), `hjem ${ON}`);
  await title.waitFor({ state: "detached" });
  await keptIs(ola, `Trygt hjem ${ON}`);
  assert.deepEqual(between(truth), [], "no key was a shortcut");
  await ola.by("kept-discard").click();
  await hasNone(ola);
  await unlock(kari);
  await ola.by("board-locked").waitFor({ state: "detached" });

  const habit = truth.addNote("Å ringe på fredager", { kind: "habit", at: [860, 320] });
  await ola.note(habit).click();
  const gave = ola.by("habit-gave");
  if (!(await gave.isVisible())) await ola.button("note.more_of_habit").click();
  await gave.focus();
  await typesWhile(ola, "Ro", () => truth.doc.getMap("notes").delete(habit), " v");
  await keptIs(ola, "Ro v");
  assert.deepEqual(between(truth), []);
});
