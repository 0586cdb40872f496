// A whole workshop by keys alone, from the front page to the result: nobody points at anything.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { Keys } from "../harness/keys.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
const named = (person, role, key) => person.page.getByRole(role, { name: text(key), exact: true });

// The code from the wall, typed on the front page.
async function joins(person, keys, board) {
  await keys.writesIn(named(person, "textbox", "home.open_field"), board.code);
  await keys.press("Enter");
  await person.isReady();
}

async function introduces(person, keys, name) {
  await keys.presses(person.by("introduce").getByRole("button", { name: text("session.several") }));
  const dialog = person.page.getByRole("dialog");
  await keys.reaches(dialog.getByTestId("voice-patient"));
  await keys.press("Space");
  await keys.writesIn(dialog.getByLabel(text("people.your_name")), name);
  await keys.presses(dialog.getByRole("button", { name: text("common.done") }));
  await person.by("introduce").waitFor({ state: "detached" });
}

// Two dots on the first and one on the second.
async function votes(person, keys) {
  await keys.presses(person.by("vote-plus-0"));
  await keys.press("Enter");
  await keys.presses(person.by("vote-plus-1"));
  await untilEqual("all dots are given", () => person.page.locator(".vote__count").allInnerTexts(), ["2", "1"]);
  await until("and counted", () => person.by("dots-left").innerText().then((left) => /0/.test(left)));
}

story(
  "from the code on the wall to the result, at a desk, by keys alone",
  async ({ server, board, people, document }) => {
    const truth = await document();
    const per = await Guest.come(server, board, "Per", { as: "facilitator" });
    const kari = await people.at("desk", "/");
    kari.name = "Kari";
    const keys = new Keys(kari);
    await joins(kari, keys, board);
    await introduces(kari, keys, "Kari");

    await keys.reaches(kari.canvas);
    for (const [key, words] of [["p", "Ingen ringte"], ["p", "Ingen svarte"], ["i", "Ring dagen etter"]]) {
      await keys.press(key);
      await kari.field.waitFor();
      await keys.types(words);
      await keys.press("Escape");
      await kari.field.waitFor({ state: "detached" });
    }
    await untilEqual("they are on the board", () => truth.texts(), ["Ingen ringte", "Ingen svarte", "Ring dagen etter"]);
    await keys.press("Control+a", "g");
    await keys.types("Stillheten etterpå");
    await keys.press("Enter");
    await until("they are a cluster with a name", () => truth.clusters()[0]?.title === "Stillheten etterpå" && truth.clusters()[0].notes.length === 3);
    truth.addCluster("Medisinene", [truth.addNote("To lister", { at: [900, 300] })], { at: [880, 240] });
    await kari.seesClusters(["Medisinene", "Stillheten etterpå"]);

    await per.does("open-round", { wish: { on: "clusters", dots: 3, most_on_one: 2 } });
    await kari.by("moment-vote").waitFor();
    await votes(kari, keys);
    await per.does("close-round", { round: per.view.round.id });
    await kari.by("moment-result").waitFor();
    assert.match(await kari.heard(), /Stillheten etterpå/);
    keys.expectSeen();
    per.leave();
  },
  HOUR,
);

story(
  "join, write and vote on a small screen with a keyboard",
  async ({ server, board, people, document }) => {
    const truth = await document();
    const per = await Guest.come(server, board, "Per", { as: "facilitator" });
    const ali = await people.at("phone", "/");
    ali.name = "Ali";
    const keys = new Keys(ali);
    await joins(ali, keys, board);
    await introduces(ali, keys, "Ali");

    await keys.reaches(ali.by("compose"));
    for (const words of ["Ingen ringte", "Ingen svarte"]) {
      await keys.types(words);
      await keys.presses(ali.by("post"));
      await keys.comesBackTo(ali.by("compose"));
    }
    await untilEqual("they are on the board", () => truth.texts(), ["Ingen ringte", "Ingen svarte"]);

    await per.does("open-round", { wish: { on: "notes", dots: 3, most_on_one: 2 } });
    await ali.by("moment-vote").waitFor();
    await votes(ali, keys);
    await per.does("close-round", { round: per.view.round.id });
    await ali.by("moment-result").waitFor();
    assert.match(await ali.heard(), /Ingen ringte/);
    keys.expectSeen();
    per.leave();
  },
  HOUR,
);
