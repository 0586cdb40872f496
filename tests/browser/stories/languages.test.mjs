// Many languages on one board: which way words run, which key is which, and what a browser's own translation may touch.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expectRightWays, wrongWays } from "../harness/directions.mjs";
import { RESULTS, story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const PICTURES = join(RESULTS, "screens", "languages");
mkdirSync(PICTURES, { recursive: true });

const NOBODY = "لا أحد يرد على الهاتف؟ (NAV)";
const ARABIC = {
  title: "العودة إلى المنزل بأمان (Oslo)",
  cluster: "الأدوية (2)",
  nobody: NOBODY,
  idea: "شخص واحد يرافقك إلى البيت. (1)",
  habit: "نكتب الرسائل يوم الجمعة!",
  plan: "علي يسأل مجلس الشباب، ثم نرى.",
  hebrew: "אף אחד לא עונה לטלפון (NAV)",
  who: "علي والصيدلية (A)",
  when: "الأسبوع ٤٩",
  learnt: "كان أسهل مما ظننا.",
  draft: "لم يسألني أحد!",
  said: "لا يوجد من نتصل به.",
  kin: "الأقارب (NAV)",
  patient: "المرضى؟",
  phase: "ما هي المشكلة حقا؟",
  prompt: "اكتب ما عشته بنفسك. (1)",
  card: "ماذا لو لم يكن هناك مستشفى؟",
  sara: "سارة (S)",
  omar: "عمر",
  round: "ما الأهم الآن؟ (3)",
};
const MIXED = "Legen sa: لا أحد هنا, og gikk.";
const TWO = "لا أحد\nIngen svarer.\n112?";

const picture = (person, name) => person.screenshot(join(PICTURES, `${name}.png`));

// A tool of the panel, wherever it is.
async function press(lead, tool) {
  const button = lead.by(tool).first();
  if (!(await button.isVisible())) await lead.by("lead-more").first().click();
  await button.click();
}
const save = async (lead) => {
  await lead.by("lead-save").click();
  await lead.page.locator("dialog[open]").waitFor({ state: "detached" });
};

story("words begin where their own language begins, on all screens and in all that the hour shows", async ({ people, document, board }) => {
  const theirs = [...Object.values(ARABIC), MIXED, TWO];
  const truth = await document(board.keys.facilitator);
  const lead = await people.desk("Kari", { as: "facilitator" });

  // What the facilitator writes: voices, a phase, a card.
  await press(lead, "lead-voices");
  const voices = lead.page.locator('dialog[open] input[type="text"], dialog[open] input:not([type])');
  await voices.nth(0).fill(ARABIC.kin);
  await voices.nth(1).fill(ARABIC.patient);
  await expectRightWays(lead, "in the list of voices", theirs);
  await save(lead);
  await press(lead, "lead-phases");
  await lead.by("lead-phase-list").locator("button").first().click();
  const phase = lead.by("lead-phase-list").locator('input[type="text"]');
  await phase.nth(0).fill(ARABIC.phase);
  await phase.nth(1).fill(ARABIC.prompt);
  await expectRightWays(lead, "in the list of phases", theirs);
  await save(lead);
  await press(lead, "lead-deck");
  await lead.page.locator('dialog[open] input[type="text"]').fill(ARABIC.card);
  await lead.by("lead-card-add").click();
  await lead.page.locator("dialog[open] .rows__main").first().waitFor();
  await expectRightWays(lead, "in the deck", theirs);
  await lead.key("Escape");

  const sara = await people.desk("Sara");
  await sara.isCalled(ARABIC.sara);
  const omar = await people.phone("Omar");
  await omar.page.getByRole("button", { name: text("desk.menu"), exact: true }).first().tap();
  await omar.page.getByLabel(text("people.your_name")).fill(ARABIC.omar);
  await omar.page.getByRole("button", { name: text("common.close"), exact: true }).first().tap();
  const wall = await people.wall();
  const screens = { lead, sara, omar, wall };
  const all = async (where) => {
    for (const [name, person] of Object.entries(screens)) {
      await expectRightWays(person, where, theirs);
      await picture(person, `${where.replace(/\W+/g, "-")}-${name}`);
    }
  };
  await omar.by("introduce").getByRole("button", { name: ARABIC.kin, exact: true }).tap();
  await sara.by("introduce").getByRole("button", { name: ARABIC.patient, exact: true }).click();

  // The board.
  const ids = {};
  truth.doc.transact(() => {
    truth.doc.getMap("meta").set("title", truth.newText(ARABIC.title));
    const add = (name, words, kind, at, fields = {}) => {
      ids[name] = truth.addNote(words, { kind, at });
      for (const [field, value] of Object.entries(fields)) truth.doc.getMap("notes").get(ids[name]).set(field, value);
    };
    const kin = { voice: "next-of-kin" };
    add("nobody", ARABIC.nobody, "problem", [20, 60], { voice: "youth" });
    add("hebrew", ARABIC.hebrew, "problem", [220, 60], kin);
    add("two", TWO, "habit", [20, 250]);
    truth.addCluster(ARABIC.cluster, [ids.nobody, ids.hebrew, ids.two]);
    add("mixed", MIXED, "idea", [560, 60]);
    add("habit", ARABIC.habit, "habit", [760, 60], kin);
    add("idea", ARABIC.idea, "idea", [560, 250]);
    add("plan", ARABIC.plan, "plan", [760, 250], { who: ARABIC.who, when: ARABIC.when, learnt: ARABIC.learnt, state: "worked" });
    const link = (from, to, kind) =>
      truth.doc.getMap("links").set(`js-link-${from}`, truth.newMap([["from", `note:${ids[from]}`], ["to", `note:${ids[to]}`], ["kind", kind]]));
    link("idea", "nobody", "answers");
    link("plan", "idea", "tests");
  });
  for (const person of [lead, sara]) {
    await person.sees(ARABIC.plan);
    await person.fits();
  }
  await wall.sees(ARABIC.plan);
  await all("the board");
  assert.ok((await lead.page.title()).startsWith("\u2068"), "the window's title keeps it apart");

  // A note that is opened, chosen and written in; menus; a notice.
  await sara.note(ids.nobody).click();
  await expectRightWays(sara, "with a note chosen", theirs);
  await sara.writesIn(ids.nobody);
  assert.equal(await sara.field.evaluate((field) => getComputedStyle(field).direction), "rtl");
  await expectRightWays(sara, "while a note is written", theirs);
  await lead.page.locator(".carets__bar").first().waitFor();
  const caretAndNote = () => lead.page.evaluate((id) => {
    const note = document.querySelector(`[data-note="${id}"] .note__text`);
    const range = document.createRange();
    range.selectNodeContents(note);
    const lines = [...range.getClientRects()];
    const last = lines.filter((line) => Math.abs(line.bottom - lines.at(-1).bottom) < 4);
    return [document.querySelector(".carets__bar").getBoundingClientRect().left, Math.min(...last.map((line) => line.left))];
  }, ids.nobody);
  await until("another's caret stands where the words end", async () => {
    const [caret, end] = await caretAndNote();
    return Math.abs(caret - end) < 12;
  });
  await sara.stopsWriting();
  await sara.key("Escape");
  await sara.note(ids.plan).click();
  await sara.by("note-details").click();
  await sara.by("note-panel").waitFor();
  await expectRightWays(sara, "with a plan opened", theirs);
  await sara.key("Escape", "Escape");
  await sara.by("people").first().click();
  await expectRightWays(sara, "in the list of people", theirs);
  await sara.key("Escape");
  await press(lead, "lead-people");
  await expectRightWays(lead, "in the facilitator's list of people", theirs);
  await lead.key("Escape");

  // Far out it is a picture: heard, and painted from the right.
  await lead.canvas.focus();
  for (let times = 0; times < 4; times += 1) await lead.key("-");
  await until("it is a picture", async () => (await lead.page.locator(".canvas--far, [data-distance=far]").count()) > 0 || (await lead.note(ids.plan).count()) === 0);
  await expectRightWays(lead, "far out", theirs);
  await picture(lead, "far");
  await lead.fits();

  // The phone: lists, an opened row, where to.
  for (const tab of ["clusters", "board"]) {
    await omar.opens(tab);
    await expectRightWays(omar, `on the phone's ${tab}`, theirs);
    await picture(omar, `phone-${tab}`);
  }
  await omar.note(ids.nobody).locator("button").first().tap();
  await expectRightWays(omar, "in an opened row", theirs);
  await picture(omar, "phone-row");
  await omar.note(ids.nobody).getByRole("button", { name: text("note.connect") }).first().tap();
  await expectRightWays(omar, "where links lead", theirs);
  await omar.page.keyboard.press("Escape");
  await omar.opens("write");

  // The wall reads a note.
  await lead.note(ids.nobody).click();
  await lead.does("note-spotlight");
  await wall.shows("spotlight");
  await all("spotlight");
  await lead.key("Escape");

  // In silence, revealed.
  await lead.by("lead-next").click();
  await wall.shows("silent");
  await omar.posts(ARABIC.draft);
  await omar.by("draft").first().waitFor();
  await all("in silence");
  await until("it can be pressed", async () => (await lead.by("lead-next").getAttribute("aria-disabled")) === null);
  await lead.by("lead-next").click();
  await wall.sees(ARABIC.draft);
  await all("revealed");

  // A surprise, said back, turns.
  await press(lead, "lead-disturb-all");
  await sara.by("moment-disturbance").first().waitFor();
  await all("disturbed");
  for (const person of [omar, sara]) await person.by("moment-aside").first().click();
  await press(lead, "lead-say-back");
  await sara.by("say-back-text").first().waitFor();
  await all("say it back");
  await sara.by("say-back-text").first().fill(ARABIC.said);
  await sara.by("say-back-send").first().click();
  await omar.by("moment-judge").first().waitFor();
  await all("judged");
  await omar.by("judge-yes").first().tap();
  await lead.by("lead-say-back").first().click();
  await press(lead, "lead-turns");
  await wall.by("wall-turn").waitFor();
  await all("turns");
  await press(lead, "lead-turns");

  // A vote and its result; what is missing; plans.
  await press(lead, "lead-vote");
  await lead.page.locator('dialog[open] input[type="text"]').first().fill(ARABIC.round);
  await lead.by("lead-open-round").click();
  await omar.by("moment-vote").first().waitFor();
  await all("a vote");
  for (const person of [omar, sara]) await person.page.locator('[data-testid^="vote-plus"]').first().click();
  await until("both have voted", async () => /2/.test(await wall.by("wall-voted").innerText()));
  await lead.by("lead-close-round").first().click();
  await omar.by("moment-result").first().waitFor();
  await wall.by("wall-result").waitFor();
  await all("a result");
  for (const scene of ["insights", "plans"]) {
    await press(lead, "lead-scene");
    await lead.page.locator(`dialog[open] [data-scene="${scene}"]`).click();
    await lead.key("Escape");
    await wall.by(`wall-${scene}`).waitFor();
    await expectRightWays(wall, `the wall's ${scene}`, theirs);
    await picture(wall, `wall-${scene}`);
  }
  for (const sheet of ["insights", "plans"]) {
    await press(lead, `lead-${sheet}`);
    await lead.by(sheet).first().waitFor();
    await expectRightWays(lead, `what the panel says of ${sheet}`, theirs);
    await picture(lead, `lead-${sheet}`);
    await lead.key("Escape");
  }

  // A habit is broken.
  await lead.fits();
  await lead.note(ids.habit).click();
  await lead.by("note-details").click();
  await lead.by("break-habit").first().click();
  const fields = lead.page.locator("dialog[open] input");
  await fields.nth(0).fill(ARABIC.who);
  await fields.nth(1).fill(ARABIC.when);
  await lead.by("break-do").click();
  await wall.by("wall-broken").waitFor();
  await all("a habit is broken");

  // The front page, and the box before the client is there.
  const { page } = sara;
  await page.goto(new URL("/", page.url()).href);
  await page.locator(".home__board-title").waitFor();
  await expectRightWays(sara, "on the front page", theirs);
  await picture(sara, "home");
  const eva = await people.at("phone", "/check");
  await eva.page.route("**/client-*.wasm", () => {}); // it never arrives
  await eva.page.goto(eva.line.address + new URL(board.links.participant).pathname + new URL(board.links.participant).hash, { waitUntil: "commit" });
  await eva.by("shell-field").fill(ARABIC.said);
  await eva.by("shell-post").tap();
  await eva.by("shell-posted").getByText(ARABIC.said).waitFor();
  await eva.by("shell-field").fill(NOBODY);
  assert.equal(await eva.by("shell-field").evaluate((field) => getComputedStyle(field).direction), "rtl");
  await expectRightWays(eva, "in the page's own box", theirs);
  await picture(eva, "shell");

  // The look itself can fail.
  await eva.page.evaluate((words) => {
    document.body.append(Object.assign(document.createElement("p"), { textContent: `Note: ${words}`, title: `Note: ${words}` }));
  }, NOBODY);
  assert.equal((await wrongWays(eva, theirs)).length, 2);
}, { board: { title: "Hjem", template: "samskaping-60" }, limit: 240_000 });

// A key of a keyboard that is not there.
const strikes = (person, key, code, more = {}) =>
  person.page.evaluate(
    ([key, code, more]) => {
      const event = new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...more });
      (document.activeElement ?? document.body).dispatchEvent(event);
      return event.defaultPrevented;
    },
    [key, code, more],
  );

story("keys are found by their place where the keyboard is not Latin, and the browser's zoom is the browser's", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.desk("Kari");
  await kari.canvas.focus();
  const kinds = () => [...truth.doc.getMap("notes").values()].filter((note) => !note.get("gone")).map((note) => note.get("kind")).sort();
  // Cyrillic, Greek, Arabic, Hebrew; and by the letter on Dvorak.
  for (const [key, code, expected] of [
    ["м", "KeyV", ["habit"]],
    ["π", "KeyP", ["habit", "problem"]],
    ["ه", "KeyI", ["habit", "idea", "problem"]],
    ["ך", "KeyL", ["habit", "idea", "plan", "problem"]],
    ["i", "KeyG", ["habit", "idea", "idea", "plan", "problem"]],
  ]) {
    await strikes(kari, key, code);
    await kari.field.waitFor();
    await kari.types("ord");
    await kari.stopsWriting();
    await kari.canvas.focus();
    await untilEqual(`${key} posts a note`, kinds, expected);
  }
  await strikes(kari, "ф", "KeyA", { ctrlKey: true });
  await kari.page.locator(".selection-bar").first().waitFor();
  assert.equal(await strikes(kari, "м", "KeyV", { ctrlKey: true }), false, "pasting is the browser's");
  assert.equal(await strikes(kari, "k", "KeyV"), true, "on Dvorak the letter counts");
  await kari.key("Escape", "Escape");

  // A menu goes to what was typed, and to what was meant.
  await kari.page.getByRole("button", { name: text("desk.menu"), exact: true }).first().click();
  const inMenu = () => kari.page.evaluate(() => document.activeElement.textContent.trim());
  await strikes(kari, "n", "KeyN");
  assert.equal(await inMenu(), "Nynorsk");
  await strikes(kari, "и", "KeyB");
  assert.equal(await inMenu(), "Bokmål");
  await kari.key("Escape");

  // Zoom.
  const scale = () => kari.canvas.getAttribute("data-scale").then(Number);
  const before = await scale();
  await kari.by("invite").focus();
  for (const [key, code] of [["+", "Equal"], ["-", "Minus"], ["0", "Digit0"]]) {
    for (const more of [{ ctrlKey: true }, { metaKey: true }]) assert.equal(await strikes(kari, key, code, more), false, `${key} zooms the page`);
  }
  const wheel = (selector) =>
    kari.page.evaluate((selector) => {
      const event = new WheelEvent("wheel", { deltaY: -100, ctrlKey: true, bubbles: true, cancelable: true, clientX: 700, clientY: 400 });
      document.querySelector(selector).dispatchEvent(event);
      return event.defaultPrevented;
    }, selector);
  assert.equal(await wheel("[data-testid=invite]"), false, "over a bar the wheel zooms the page");
  assert.equal(await scale(), before);
  await kari.page.evaluate(() => document.activeElement.blur());
  assert.equal(await strikes(kari, "+", "Equal", { ctrlKey: true }), false, "with the focus nowhere, too");
  await kari.canvas.focus();
  assert.equal(await strikes(kari, "+", "Equal", { ctrlKey: true }), true);
  await until("the board is larger", async () => (await scale()) > before);
  assert.equal(await wheel("[data-testid=canvas]"), true);
});

// A browser that translates as Chrome does: an element of its own where a text was, for all that may be translated, now
// and whenever something is added or changed.
function translatesAsChrome() {
  const start = () => {
    const translate = () => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) found.push(texts.currentNode);
      for (const node of found) {
        const parent = node.parentElement;
        if (!/\p{L}/u.test(node.data) || !parent.translate || parent.closest("font, script, style, textarea, noscript")) continue;
        const [outer, inner] = [document.createElement("font"), document.createElement("font")];
        inner.textContent = `‹${node.data}›`;
        outer.append(inner);
        node.replaceWith(outer);
      }
    };
    let isDue = false;
    const soon = () => {
      if (!isDue) setTimeout(() => (isDue = false, translate()), 20);
      isDue = true;
    };
    new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    soon();
  };
  document.readyState === "loading" ? addEventListener("DOMContentLoaded", start) : start();
}

story("a page that the browser translates is never older than the board", async ({ people, document, board }) => {
  const truth = await document(board.keys.facilitator);
  const [first, second] = truth.addNotes([
    { words: "Ingen svarer", at: [300, 300] },
    { words: "Bussen kommer ikke", at: [540, 300] },
  ]);
  const cluster = truth.addCluster("Hjem", [first, second], { at: [280, 240] });
  const given = translatesAsChrome;
  const lead = await people.desk("Kari", { as: "facilitator", given });
  const omar = await people.phone("Omar", { given });
  const ola = await people.desk("Ola");
  const shownOn = {
    desk: () => lead.page.locator(".note__text").allTextContents(),
    phone: () => omar.page.locator(".row-note__text").allTextContents(),
  };
  const bothShow = async (...words) => {
    const wanted = words.map((one) => `‹${one}›`).sort();
    for (const [name, shown] of Object.entries(shownOn)) await untilEqual(`the ${name} shows it`, async () => (await shown()).sort(), wanted);
  };
  await omar.opens("board");
  await bothShow("Ingen svarer", "Bussen kommer ikke");
  await omar.page.getByText(text("note.count_n", { count: 2 })).first().waitFor();

  // Words, counts, a name and a title change under the translation, from elsewhere.
  await ola.writesIn(first);
  await ola.types(" oss");
  await ola.stopsWriting();
  await bothShow("Ingen svarer oss", "Bussen kommer ikke");
  truth.addNote("En ny", { at: [300, 560] });
  await bothShow("Ingen svarer oss", "Bussen kommer ikke", "En ny");
  truth.doc.getMap("notes").get(second).delete("cluster");
  await omar.page.getByText(text("note.count_1", { count: 1 }), { exact: true }).first().waitFor();
  truth.doc.getMap("clusters").get(cluster).get("title").insert(4, "komst");
  await untilEqual("the title is new", () => lead.page.locator(".cluster__title").allTextContents(), ["‹Hjemkomst›"]);
  await untilEqual("on the phone, too", () => omar.page.locator(".group__title").first().textContent(), "Hjemkomst");
  truth.doc.getMap("notes").delete(second);
  await bothShow("Ingen svarer oss", "En ny");

  // The hour: prompts, times and states.
  await lead.by("lead-next").click();
  const clock = () => lead.by("time-left").first().locator(".time-left__clock").textContent();
  const began = await until("the clock is there", clock);
  await until("the clock runs", async () => (await clock()) !== began);
  await omar.opens("write");
  const asked = () => omar.by("phase-title").first().textContent();
  const question = await until("the phone asks", asked);
  await omar.posts("Skrevet i stillhet");
  await until("what was written is counted", async () => /1/.test(await lead.by("lead-drafts").innerText()));
  await until("it can be pressed", async () => (await lead.by("lead-next").getAttribute("aria-disabled")) === null);
  await lead.by("lead-next").click();
  await ola.sees("Skrevet i stillhet");
  await until("it can be pressed again", async () => (await lead.by("lead-next").getAttribute("aria-disabled")) === null);
  await lead.by("lead-next").click();
  const asksAnew = (words) => words !== question && /^‹[^‹›]+›$/.test(words);
  await until("the phone asks what is asked now, and nothing old beside it", async () => asksAnew(await asked()));

  // All that is not people's words is left alone, and follows one's own language.
  const untouched = await omar.page.evaluate(() => [...document.querySelectorAll("font")].filter((font) => !font.closest("[translate=yes]")).length);
  assert.equal(untouched, 0);
  await omar.opens("board");
  await bothShow("Ingen svarer oss", "En ny", "Skrevet i stillhet");
  await lead.page.getByRole("button", { name: text("desk.menu"), exact: true }).first().click();
  await lead.page.getByRole("menuitemradio", { name: "Bokmål" }).click();
  await lead.page.getByRole("button", { name: text("desk.menu", {}, "nb"), exact: true }).first().waitFor();
  await bothShow("Ingen svarer oss", "En ny", "Skrevet i stillhet");
}, { board: { template: "samskaping-60" } });
