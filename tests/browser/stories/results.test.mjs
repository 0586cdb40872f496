// A result is a picture of numbers: each bar is as long as its number, on every screen, and whoever comes late sees it whole.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { Guest } from "../harness/guest.mjs";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const hour = { title: "Trygt hjem fra sykehuset", template: "samskaping-60" };
const LOOKS = "tests/browser/results/screens/results";
const WORDS = ["Ingen ringte", "Bussen går ikke etter klokka seks", "Apoteket var stengt", "Tre telefonnumre, ingen som svarte"];
// Of two neighbours the longer bar must look longer, too; the ends are where they hide.
const DOTS = [10, 9, 4, 1];

// Nine people of two voices; what each gives adds up to DOTS.
async function voted({ server, board, people, document }) {
  const truth = await document();
  const notes = WORDS.map((words) => truth.addNote(words, { kind: "problem" }));
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  const guests = [];
  for (let at = 0; at < 9; at += 1) guests.push(await Guest.come(server, board, `Gjest ${at}`, { voice: at < 5 ? "patient" : "youth" }));
  await until("the notes have come", () => truth.texts().length === WORDS.length);
  // Begun, and its first notes shown: before that the wall shows how to join.
  await kari.next();
  await kari.next();
  await kari.does("open-round", { wish: { title: "Hva må vi ta tak i først?", dots: 6, most_on_one: 3, on: "notes" } });
  const given = guests.map(() => ({}));
  DOTS.forEach((dots, note) => {
    for (let dot = 0; dot < dots; dot += 1) {
      const of = given[(note * 2 + dot) % guests.length];
      const item = `note:${notes[note]}`;
      of[item] = (of[item] ?? 0) + 1;
    }
  });
  const round = kari.view.round?.id ?? 1;
  for (const [at, guest] of guests.entries()) await guest.does("vote", { round, dots: given[at] });
  await kari.does("close-round", { round });
  return { kari, guests };
}

// Bars as they are drawn: how long, and what they say.
const bars = (page, selector, says) =>
  page.locator(selector).evaluateAll(
    (all, says) =>
      all.map((bar) => ({
        long: bar.getBoundingClientRect().width,
        of: bar.parentElement.getBoundingClientRect().width,
        says: bar.parentElement.querySelector(says).textContent,
      })),
    says,
  );

function areTrue(bars, numbers, where) {
  assert.deepEqual(bars.map((bar) => Number.parseInt(bar.says, 10)), numbers, `${where}: what the bars say`);
  const unit = bars[0].long / numbers[0];
  for (const [at, bar] of bars.entries())
    assert.ok(Math.abs(bar.long - unit * numbers[at]) <= 1, `${where}: ${numbers[at]} is ${bar.long} px long, and should be ${unit * numbers[at]}`);
}

story("each bar of a result is as long as its number, on desk, phone and wall", async (room) => {
  const { people } = room;
  await voted(room);
  await mkdir(LOOKS, { recursive: true });
  const wall = await people.wall({ language: "nb" });
  await wall.shows("result");
  const rows = await until("all four are on the wall", async () => {
    const rows = await bars(wall.page, ".wall__bar-full", ".wall__bar-dots");
    return rows.length === DOTS.length && rows;
  });
  areTrue(rows, DOTS, "wall");
  const pieces = await wall.page.locator(".wall__bar-full").first().locator(".wall__piece").evaluateAll((all) =>
    all.map((piece) => [piece.getBoundingClientRect().width, Number(piece.style.flexGrow)]));
  const [long, dots] = pieces[0];
  for (const [other, of] of pieces) assert.ok(Math.abs(other / of - long / dots) <= 1, "wall: the pieces of a bar");
  await wall.page.screenshot({ path: `${LOOKS}/wall.png` });

  for (const [name, person] of [
    ["phone", await people.phone("Ali", { language: "nb" })],
    ["desk", await people.desk("Liv", { language: "nb" })],
  ]) {
    await person.by("moment-result").first().waitFor();
    const rows = await until(`${name}: all are in view`, async () => {
      const rows = await bars(person.page, ".result__total > .result__bar", ".result__dots");
      return rows.length > 1 && rows;
    });
    areTrue(rows, DOTS.slice(0, rows.length), name);
    for (const voice of await bars(person.page, ".result__bar--voice", ".result__number")) {
      if (voice.long === 0 && voice.says === "") continue; // folded
      const [gave, of] = voice.says.split(" av ").map(Number);
      assert.ok(of >= 4, `${name}: «${voice.says}» says how many of how many`);
    }
    await person.page.screenshot({ path: `${LOOKS}/${name}.png` });
  }
}, { board: hour });

story("who comes when the result is out reads what was voted on, at once", async (room) => {
  const { people } = room;
  await voted(room);
  const late = await people.phone("Ali", { language: "nb" });
  await late.by("moment-result").first().waitFor();
  await until("the first row has its words", async () => (await late.page.locator(".result__title").first().textContent()) === WORDS[0]);
  const wall = await people.wall({ language: "nb" });
  await wall.shows("result");
  await untilEqual("so has the wall", () => wall.page.locator(".wall__row-title").allTextContents(), WORDS);
}, { board: hour });

story("who comes while a vote is open gets the ballot, and the result after", async ({ server, board, people, document }) => {
  const truth = await document();
  truth.addNote(WORDS[0], { kind: "problem" });
  const kari = await Guest.come(server, board, "Kari", { as: "facilitator" });
  await until("the note has come", () => truth.texts().length === 1);
  await kari.does("open-round", { wish: { title: "", dots: 2, most_on_one: 1, on: "notes" } });
  const late = await people.phone("Ali", { language: "nb" });
  await late.by("moment-vote").first().waitFor();
  await late.by("vote-plus-0").tap();
  await until("the vote is counted", () => kari.view.round.voted === 1);
  await kari.does("close-round", { round: kari.view.round.id });
  await late.by("moment-result").first().waitFor();
}, { board: hour });
