// Every control of the desk by keys alone, whatever is chosen and whatever is open; and the bar of what is chosen.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { flipChart } from "../harness/pictures.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };
const NOTES = [
  { words: "Ingen ringte", at: [300, 260] },
  { kind: "idea", words: "Én person følger deg", at: [620, 260] },
  { words: "To lister", at: [322, 480] },
  { words: "Apoteket var stengt", at: [522, 480] },
];

// Two free notes with a link, a cluster of two, and a picture whose photo has not come.
function lays(truth) {
  const [problem, idea, ...inCluster] = truth.addNotes(NOTES);
  const cluster = truth.addCluster("Medisinene", inCluster, { at: [300, 426] });
  truth.doc.getMap("links").set("js-link", truth.newMap([["from", `note:${idea}`], ["to", `note:${problem}`], ["kind", "answers"]]));
  truth.doc.getMap("images").set("js-image", truth.newMap([["pos", [860, 440]], ["size", [240, 180]], ["order", "a0"]]));
  return { problem, idea, cluster };
}

const focused = (person) => person.page.evaluate(() => document.activeElement?.closest("[data-note]")?.dataset.note);

// Tab on the canvas until it is there; nothing is pressed with a pointer.
async function comesTo(person, selector) {
  for (let stop = 0; stop < 60; stop += 1) {
    if (await person.page.evaluate((one) => document.activeElement?.matches(one), selector)) return;
    await person.key("Tab");
    await person.page.evaluate(() => new Promise((done) => setTimeout(done, 20))); // the focus follows what is chosen
  }
  throw new Error(`Tab does not come to ${selector}`);
}

// From where the focus is, Tab and Shift Tab as far as they go, and arrows where one stop is a whole group. What is on
// the screen and was not come to.
async function unreached(person, { from, besides = "" } = {}) {
  const { page } = person;
  await page.evaluate(() => (window.reached = new Set()));
  const note = () => page.evaluate(() => void window.reached.add(document.activeElement));
  const start = async () => {
    if (from) await from();
  };
  for (const way of ["Tab", "Shift+Tab"]) {
    await start();
    await note();
    for (let stop = 0; stop < 90; stop += 1) {
      await page.keyboard.press(way);
      await note();
      const isOver = await page.evaluate(() => document.activeElement === document.body || document.activeElement.matches(".canvas, [data-note], [data-cluster]"));
      if (isOver) break;
    }
  }
  return page.evaluate((besides) => {
    const CONTROLS = "button, a[href], input, select, textarea, summary, [role=button], [role=tab], [role=switch], [role=radio], [role=slider]";
    const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
    const group = (one) => one.closest("[role=radiogroup], [role=tablist], [role=menu]");
    const reached = [...window.reached].filter(Boolean);
    const areOneChoice = (one, other) => one.type === "radio" && other.type === "radio" && one.name === other.name;
    const isReached = (one) => reached.some((other) => other === one || areOneChoice(one, other) || (group(one) && group(one) === group(other)));
    const isSeen = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.getClientRects().length > 0;
    return [...(dialog ?? document).querySelectorAll(CONTROLS)]
      .filter((one) => isSeen(one) && !one.disabled && !(besides && one.closest(besides)) && !isReached(one))
      .map((one) => `${one.className} “${(one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 40)}”`);
  }, besides);
}

// The bar of what is chosen is where the walk begins. The first stop of the page has its own story; the «…» of a cluster
// opens the same menu as the key.
const FROM_THE_BAR = (person) => ({
  // What is in the bar is drawn anew when its room is known: the walk begins when it stays.
  from: async () => {
    const stays = () => person.page.evaluate(() => {
      const before = window.bar;
      window.bar = [...document.querySelectorAll(".bar-button")];
      return before?.length === window.bar.length && before.every((one, at) => one === window.bar[at]);
    });
    await until("what is in the bar stays", stays, { each: 150 });
    await person.key("Alt+F10");
  },
  besides: ".skip, .cluster__menu",
});

story("each control of the desk is come to by keys, whatever is chosen", async ({ people, document }) => {
  const truth = await document();
  const { problem, idea, cluster } = lays(truth);
  const kari = await people.desk("Kari");
  await kari.sees("Ingen ringte");
  const at = `[data-note="${problem}"]`;

  await kari.canvas.focus();
  await comesTo(kari, at);
  await kari.bar.waitFor();
  assert.deepEqual(await unreached(kari, FROM_THE_BAR(kari)), [], "a note is chosen");

  await kari.canvas.focus();
  await kari.key("Control+a");
  await kari.bar.waitFor();
  assert.deepEqual(await unreached(kari, FROM_THE_BAR(kari)), [], "several are chosen");

  await kari.canvas.focus();
  await kari.key("Escape", "Escape");
  await comesTo(kari, `[data-cluster="${cluster}"]`);
  await kari.bar.waitFor();
  assert.deepEqual(await unreached(kari, FROM_THE_BAR(kari)), [], "a cluster is chosen");

  await kari.canvas.focus();
  await comesTo(kari, "[data-image]");
  await kari.by("image-bar").waitFor();
  assert.deepEqual(await unreached(kari, FROM_THE_BAR(kari)), [], "a picture is chosen");

  await kari.canvas.focus();
  await comesTo(kari, "[data-link]");
  await kari.key("Enter");
  await kari.by("link-bar").waitFor();
  assert.deepEqual(await unreached(kari, FROM_THE_BAR(kari)), [], "a link is chosen");
  await kari.key("Alt+F10", "Escape");
  assert.ok(await kari.page.evaluate(() => document.activeElement.matches("[data-link]")), "back to the link");
  assert.ok(idea);
}, HOUR);

story("each control of the desk's dialogs and moments is come to by keys", async ({ server, board, people, document }) => {
  const truth = await document();
  const { cluster } = lays(truth);
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const kari = await people.desk("Kari", { as: "facilitator" });
  await kari.sees("Ingen ringte");
  const rim = { from: () => kari.page.locator(".rim__home").focus(), besides: ".skip, .canvas, .selection-bar" };
  assert.deepEqual(await unreached(kari, rim), [], "nothing is chosen");

  await kari.canvas.focus();
  await kari.key("?");
  await kari.page.locator("dialog[open]").waitFor();
  assert.deepEqual(await unreached(kari), [], "the list of keys");
  await kari.key("Escape");

  await kari.canvas.focus();
  await kari.key("Control+a", "Delete");
  await kari.by("others-work").waitFor();
  assert.deepEqual(await unreached(kari), [], "others' work");
  await kari.key("Escape");

  await kari.canvas.focus();
  await comesTo(kari, `[data-cluster="${cluster}"]`);
  await kari.key("Shift+F10");
  await kari.page.locator("[role=menu]").waitFor();
  await kari.key("Escape");

  for (const sheet of ["lead-people", "lead-rights", "lead-showing", "lead-voices", "lead-phases"]) {
    await until(`${sheet} is there`, async () => {
      if (await kari.by(sheet).isVisible()) return true;
      await kari.by("lead-more").focus();
      await kari.key("Enter");
      return kari.by(sheet).isVisible();
    });
    await kari.by(sheet).focus();
    await kari.key("Enter");
    await kari.page.locator("dialog[open]").waitFor();
    assert.deepEqual(await unreached(kari), [], sheet);
    await kari.key("Escape");
    await kari.page.locator("dialog[open]").waitFor({ state: "detached" });
  }

  const ola = await people.desk("Ola");
  await liv.next();
  await liv.does("open-round", { wish: { on: "notes", dots: 3, most_on_one: 2 } });
  await ola.by("moment-vote").waitFor();
  const moment = { from: () => ola.page.locator(".rim__home").focus(), besides: ".skip, .canvas, .selection-bar" };
  assert.deepEqual(await unreached(ola, moment), [], "a vote");
  await liv.does("close-round", { round: liv.view.round.id });
  await ola.by("moment-result").waitFor();
  assert.deepEqual(await unreached(ola, moment), [], "a result");
  liv.leave();
}, HOUR);

story("a key goes into the bar of a note, another opens it as a menu, and Escape comes back", async ({ people, document }) => {
  const truth = await document();
  const id = truth.addNote("Ingen ringte", { at: [300, 260] });
  const kari = await people.desk("Kari");
  await kari.sees("Ingen ringte");
  await kari.canvas.focus();
  await comesTo(kari, `[data-note="${id}"]`);
  await kari.bar.waitFor();
  assert.equal(await kari.bar.getByRole("button").count(), 7, "six with words, and «Mer»");
  await kari.key("m");
  const name = () => kari.page.evaluate(() => document.activeElement.textContent.trim());
  assert.equal(await name(), text("note.kind_problem"));
  await kari.key("ArrowRight");
  assert.equal(await name(), text("react.recognise"));
  await kari.key("Enter");
  await until("she has said so", async () => (await kari.by("react").first().getAttribute("aria-pressed")) === "true");
  await kari.key("Escape");
  assert.equal(await focused(kari), id, "back at the note, which is still chosen");

  // The kind, from the bar's own menu.
  await kari.key("m", "Enter");
  await kari.page.locator("[role=menu]").waitFor();
  await kari.key("ArrowDown", "ArrowDown", "Enter");
  await until("it is an idea", () => truth.doc.getMap("notes").get(id).get("kind") === "idea");

  // All of it as a menu, with the keys that menus have.
  await kari.key("Escape");
  for (const key of ["Shift+F10", "ContextMenu"]) {
    await kari.key(key);
    await kari.page.locator("[role=menu]").waitFor();
    assert.ok(await kari.page.evaluate(() => document.activeElement.matches("[role^=menuitem]")));
    await kari.key("Escape");
    await kari.page.locator("[role=menu]").waitFor({ state: "detached" });
    assert.equal(await focused(kari), id);
  }
  await kari.key("Shift+F10", "End", "Enter");
  await untilEqual("deleted from the menu", () => truth.texts(), []);
  assert.ok(await kari.page.evaluate(() => document.activeElement.matches(".canvas")), "the focus is not lost");

  // The right button opens the same menu where it is pressed.
  await kari.undoes();
  await kari.sees("Ingen ringte");
  await kari.liesStill(id);
  await kari.note(id).click({ button: "right" });
  await kari.page.locator("[role=menu]").waitFor();
  await kari.key("Escape");
});

story("who asks for a note and types at once writes in it, and no letter is a shortcut", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  await kari.page.getByRole("button", { name: text("desk.add_problem") }).first().click();
  await kari.page.keyboard.type("Ingen ringte, pling!");
  await kari.key("Escape");
  await untilEqual("one note with all of it", () => truth.texts(), ["Ingen ringte, pling!"]);
  assert.equal(truth.fields("Ingen ringte, pling!").kind, "problem");

  // On the way to the field, too: everything in one turn of the page, before it can be there.
  await kari.page.evaluate(() => {
    for (const key of ["v", "H", "i", "v", " ", "p", "å"]) {
      window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
  });
  await kari.field.waitFor();
  await kari.key("Escape");
  await untilEqual("the letters are in the habit", () => truth.texts(), ["Hiv på", "Ingen ringte, pling!"]);
});

story("saying back, breaking a habit, plans, a table and a photo need no pointer, and lose no focus", async ({ server, board, people, document }) => {
  const truth = await document();
  const [habit] = truth.addNotes([{ kind: "habit", words: "Å skrive ut på fredager", at: [300, 260] }, { kind: "idea", words: "Én person følger deg", at: [620, 260] }]);
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const per = await Guest.come(server, board, "Per", { voice: "patient" });
  const ola = await people.desk("Ola");
  await ola.sees("Å skrive ut på fredager");
  const hook = (name) => `[data-testid="${name}"]`;
  const moment = { from: () => ola.page.locator(".rim__home").focus(), besides: ".skip, .canvas, .selection-bar" };
  const goesTo = async (selector) => {
    await ola.page.locator(".rim__home").focus();
    await comesTo(ola, selector);
  };
  const keepsFocus = (what) => until(`the focus is not lost after ${what}`, () => ola.page.evaluate(() => document.activeElement !== document.body));
  const open = ola.page.locator("dialog[open]");
  const leaves = async (what, back) => {
    await ola.key("Escape");
    await open.waitFor({ state: "detached" });
    await until(`the focus comes back from ${what}`, () => ola.page.evaluate((one) => document.activeElement?.matches(one), back));
  };

  // Per's note comes to Ola, and Ola's to Per.
  await liv.next();
  await per.drafts("Ingen ringte meg");
  await liv.next();
  await liv.next();
  await ola.sees("Ingen ringte meg");
  await ola.canvas.focus();
  await ola.key("p");
  await ola.field.waitFor();
  await ola.page.keyboard.type("Bussen kom ikke");
  await ola.key("Escape");
  await until("it is on the board", () => truth.texts().includes("Bussen kom ikke"));
  await liv.does("start-say-back");
  await ola.by("say-back-text").waitFor();
  assert.deepEqual(await unreached(ola, moment), [], "something to say back");
  await goesTo(hook("say-back-text"));
  await ola.page.keyboard.type("At ingen tok telefonen");
  await comesTo(ola, hook("say-back-send"));
  await ola.key("Enter");
  await ola.by("say-back-text").waitFor({ state: "detached" });
  await keepsFocus("what was sent");
  assert.deepEqual(await unreached(ola, moment), [], "waiting for an answer");

  const [note] = await until("Per has one, too", () => per.own.say_back);
  await per.does("restate", { note, text: "At bussen var full" });
  await ola.by("judge-no").waitFor();
  assert.deepEqual(await unreached(ola, moment), [], "whether one was understood");
  await goesTo(hook("judge-no"));
  await ola.key("Enter");
  await until("the box to say it in has the focus", () => ola.page.evaluate((one) => document.activeElement?.matches(one), hook("moment-answer")));
  assert.deepEqual(await unreached(ola, moment), [], "what one meant");
  await goesTo(hook("moment-answer"));
  await ola.page.keyboard.type("Den kom aldri");
  await comesTo(ola, hook("moment-post"));
  await ola.key("Enter");
  await ola.by("moment-answer").waitFor({ state: "detached" });
  await keepsFocus("the answer");
  await liv.does("end-say-back");

  // A habit.
  await liv.next();
  await ola.canvas.focus();
  await ola.key("Escape", "Escape");
  await comesTo(ola, `[data-note="${habit}"]`);
  await ola.by("note-panel").waitFor();
  await until("the questions stand beside what one writes for oneself", async () => {
    const [panel, silent] = await Promise.all([ola.by("note-panel").boundingBox(), ola.page.locator(".silent").boundingBox()]);
    return panel && silent && panel.x >= silent.x + silent.width;
  });
  assert.deepEqual(await unreached(ola, FROM_THE_BAR(ola)), [], "a habit is chosen");
  await ola.key("Alt+F10");
  await comesTo(ola, `.note-panel ${hook("break-habit")}`);
  await ola.key("Enter");
  await open.waitFor();
  assert.deepEqual(await unreached(ola), [], "breaking a habit");
  await leaves("breaking a habit", `.note-panel ${hook("break-habit")}`);

  // Plans.
  const plans = liv.view.phases.find((phase) => phase.tools.includes("plans")).id;
  while (liv.view.stage.in[0] !== plans) await liv.next();
  await ola.by("open-plans").waitFor();
  await goesTo(hook("open-plans"));
  await ola.key("Enter");
  await open.waitFor();
  assert.deepEqual(await unreached(ola), [], "plans");
  await leaves("plans", hook("open-plans"));

  // A table that is pasted.
  await ola.canvas.focus();
  await ola.pastes("Problem\tHvem\nVentetid\tPasient\n");
  await ola.by("paste-columns").waitFor();
  await until("keys are its own", () => ola.page.evaluate((one) => document.activeElement?.matches(one), hook("paste-column")));
  assert.deepEqual(await unreached(ola), [], "which column");
  await leaves("the table", ".canvas");

  // A photo: a note is cut out of it and taken away again.
  const photo = (await flipChart(ola.page, { width: 1200, height: 900 })).toString("base64");
  await ola.pastes({ files: [["tavle.jpg", "image/jpeg", photo]] });
  await ola.by("cut-picture").waitFor();
  assert.deepEqual(await unreached(ola), [], "a photo");
  await comesTo(ola, hook("add-mark"));
  await ola.key("Enter");
  await ola.page.locator("[data-mark-row]").waitFor();
  await keepsFocus("a new cut");
  assert.deepEqual(await unreached(ola), [], "a photo with a cut");
  await leaves("the photo", ".canvas");
  liv.leave();
  per.leave();
}, HOUR);
