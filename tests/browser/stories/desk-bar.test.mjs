// The bar of what is chosen: it follows what opens over the board, and takes no note away from the pointer.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };

const boxOf = (person, selector) => person.page.locator(selector).first().boundingBox().catch(() => null);
const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

// Nothing lies over any part of the bar, and the bar lies over none of these.
function standsClear(person, what, ...over) {
  return until(`${person.name}'s bar stands clear of ${what}`, async () => {
    const bar = await boxOf(person, ".selection-bar");
    if (!bar) return false;
    for (const selector of over) {
      const box = await boxOf(person, selector);
      if (!box || meet(bar, box)) return false;
    }
    return person.page.evaluate(({ x, y, width, height }) => {
      const points = [0.01, 0.25, 0.5, 0.75, 0.99].flatMap((part) => [[x + width * part, y + 3], [x + width * part, y + height - 3]]);
      return points.every(([left, top]) => document.elementFromPoint(left, top)?.closest(".selection-bar"));
    }, bar);
  });
}

story("the bar of a chosen cluster makes way for a card that opens, and comes back when it goes", async ({ server, board, people, document }) => {
  const truth = await document();
  const words = ["Ingen ringte", "To lister", "Apoteket var stengt", "Ingen svarte"];
  const notes = truth.addNotes(words.map((words, at) => ({ words, at: [422 + (at % 2) * 200, 320 + Math.floor(at / 2) * 140] })));
  const cluster = truth.addCluster("Medisinene", notes, { at: [400, 266] });
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const ola = await people.desk("Ola");
  await ola.sees("Ingen ringte");
  // To the right, where the cards come.
  await ola.page.mouse.move(300, 700);
  await ola.page.mouse.wheel(-420, 0);
  await until("the cluster lies at the right", async () => (await ola.cluster(cluster).boundingBox()).x > 760);
  await ola.liesStill(notes[0]);
  await ola.cluster(cluster).locator(".cluster__title").click();
  await ola.bar.waitFor();
  const alone = await boxOf(ola, ".selection-bar");

  await liv.does("open-round", { wish: { on: "notes", dots: 3, most_on_one: 2 } });
  await ola.by("moment-vote").waitFor();
  await standsClear(ola, "the ballot", ".moment");
  await liv.does("close-round", { round: liv.view.round.id });
  await ola.by("moment-result").waitFor();
  await standsClear(ola, "the result", ".moment");
  await ola.by("moment-close").click();
  await ola.by("moment-result").waitFor({ state: "detached" });
  await untilEqual("it is where it was", async () => (await boxOf(ola, ".selection-bar"))?.y, alone.y);
  liv.leave();
}, HOUR);

story("the panel of who leads opens and folds, and the bar stands beside it", async ({ people, document }) => {
  const truth = await document();
  const note = truth.addNote("Ingen ringte", { at: [980, 300] });
  const kari = await people.desk("Kari", { as: "facilitator" });
  await kari.sees("Ingen ringte");
  await kari.page.locator(".lead__fold").first().click();
  await kari.page.locator(".lead--folded").waitFor();
  await kari.liesStill(note);
  await kari.selects(note);
  await kari.bar.waitFor();
  await standsClear(kari, "the folded panel", ".lead");
  await kari.page.locator(".lead__fold").first().click();
  await kari.page.locator(".lead--folded").waitFor({ state: "detached" });
  await standsClear(kari, "the open panel", ".lead");
}, HOUR);

story("a note that lies under the bar is taken along with Shift", async ({ people, document }) => {
  const truth = await document();
  const ids = truth.addNotes(Array.from({ length: 80 }, (_, at) => ({ words: `Lapp ${at}`, at: [(at % 10) * 200, Math.floor(at / 10) * 140] })));
  const kari = await people.desk("Kari");
  await kari.sees("Lapp 45");
  await kari.key("1");
  const chosen = ids[45];
  await kari.liesStill(chosen);
  await kari.selects(chosen);
  await kari.bar.waitFor();
  const { id, at } = await until("a note lies under the bar", async () => {
    const bar = await boxOf(kari, ".selection-bar");
    return kari.page.evaluate(([bar, chosen]) => {
      for (const part of [0.3, 0.6, 0.5, 0.4, 0.7])
        for (const down of [0.2, 0.8]) {
          const at = [bar.x + bar.width * part, bar.y + bar.height * down];
          const under = document.elementsFromPoint(...at).map((one) => one.closest("[data-note]")?.dataset.note).find(Boolean);
          if (under && under !== chosen) return { id: under, at };
        }
      return undefined;
    }, [bar, chosen]);
  });
  const reached = () => kari.page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.closest("[data-note]")?.dataset.note, at);
  assert.equal(await reached(), undefined, "the bar lies over it");
  await kari.page.keyboard.down("Shift");
  await untilEqual("with Shift it does not", reached, id);
  await kari.page.mouse.click(...at);
  await kari.page.keyboard.up("Shift");
  await until("both are chosen", async () => /2/.test(await kari.bar.innerText()));
  // Whoever walks in the bar backwards holds Shift, too, and stays in it.
  await kari.key("Alt+F10", "Shift+ArrowRight");
  await kari.page.keyboard.down("Shift");
  assert.equal(await kari.bar.evaluate((bar) => getComputedStyle(bar).pointerEvents), "auto");
  await kari.page.keyboard.up("Shift");
});
