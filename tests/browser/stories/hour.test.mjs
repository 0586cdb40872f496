// The hour as who leads it lives it: what is asked before ideas, what is read aloud after it was said back, what is voted
// on, who follows whom, how long each speaks, and what is there at the end.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Guest } from "../harness/guest.mjs";
import { RESULTS, story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem fra sykehuset", template: "samskaping-60" } };
const LOOKS = join(RESULTS, "screens", "hour-panel");
mkdirSync(LOOKS, { recursive: true });

const looks = async (name, people) => {
  for (const [screen, person] of Object.entries(people)) await person.page.screenshot({ path: join(LOOKS, `${name}-${screen}.png`) });
};
const nb = (more = {}) => ({ language: "nb", ...more });
// Once the button says something else it can be pressed again only after a second: nobody skips by a trembling finger.
const next = async (person) => {
  const button = person.by("lead-next");
  await until("the button can be pressed", async () => (await button.getAttribute("aria-disabled")) === null);
  await button.click();
};
const more = async (person) => {
  const all = person.page.locator(".lead__more");
  if (!(await all.evaluate((details) => details.open))) await person.by("lead-more").click();
};
const press = async (person, hook) => {
  const button = person.by(hook).first();
  if (!(await button.isVisible())) await more(person);
  await button.scrollIntoViewIfNeeded();
  await button.click();
};
const present = (guest) => guest.view.stage.in?.[0];
const goesTo = async (guest, phase) => {
  while (present(guest) !== phase) await guest.next();
};
const NOTES = [
  { words: "Ingen ringte", kind: "problem", at: [340, 200] },
  { words: "Apoteket var stengt", kind: "problem", at: [560, 200] },
  { words: "Å skrive ut på fredager", kind: "habit", at: [340, 380] },
  { words: "Én som følger deg", kind: "idea", at: [560, 380] },
  { words: "Pakke posen sammen", kind: "plan", at: [340, 560] },
];

for (const theme of ["light", "dark"]) {
  story(`before ideas the room is asked what is missing, and only then goes on (${theme})`, async ({ server, board, people, document }) => {
    const truth = await document();
    truth.addNotes(NOTES.slice(0, 3));
    const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
    await goesTo(liv, 4);
    while (!liv.view.next["look-first"]) await liv.next();
    const kari = await people.desk("Kari", nb({ as: "facilitator", theme }));
    const ali = await people.phone("Ali", nb({ theme }));
    const wall = await people.wall(nb({ theme }));
    await kari.sees("Ingen ringte");
    const before = await ali.by("phase-title").first().innerText();

    await next(kari);
    await kari.by("lead-looking").waitFor();
    await wall.shows("insights");
    await looks(`asked-${theme}`, { lead: kari, phone: ali, wall });
    assert.equal(await ali.by("phase-title").first().innerText(), before, "nothing has changed for anybody");
    assert.equal(await ali.by("moment-insights").count(), 0);
    assert.deepEqual(present(liv), 4);

    await kari.by("lead-stay").click();
    await kari.by("lead-looking").waitFor({ state: "detached" });
    await until("the wall shows the notes again", async () => (await wall.scene()) !== "insights");
    await next(kari);
    await kari.by("lead-looking").waitFor();
    await next(kari);
    await until("they have gone on", () => present(liv) === 5);
    await ali.by("moment-insights").waitFor();
    assert.equal(await kari.by("moment-insights").count(), 0, "who leads has seen it");
    assert.equal(await kari.by("lead-looking").count(), 0);
    await until("the wall goes on, too", async () => (await wall.scene()) !== "insights");
  }, HOUR);
}

story("what was said back is read aloud, and nobody has to", async ({ server, board, people, document }) => {
  const truth = await document();
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const kari = await people.desk("Kari", nb({ as: "facilitator" }));
  const wall = await people.wall(nb());
  const ali = await people.phone("Ali", nb());
  const eva = await people.phone("Eva", nb());
  await goesTo(liv, 1);
  await ali.posts("Ingen ringte meg tilbake");
  await eva.posts("Jeg tolket for pappa hos legen");
  await goesTo(liv, 2);
  await until("the notes are there", () => truth.texts().length === 2);
  await press(kari, "lead-say-back");
  await ali.by("say-back-text").waitFor();
  await looks("say-back", { phone: ali });
  await eva.taps(eva.by("say-back-skip"));
  await eva.by("say-back-text").waitFor({ state: "detached" });
  await ali.by("say-back-text").fill("At et barn måtte ta ansvaret.");
  await ali.taps(ali.by("say-back-send"));
  await eva.taps(eva.by("judge-yes"));
  await until("it is counted", async () => /1 av 1.*1/s.test(await kari.by("lead-say-back-now").innerText()));
  await kari.by("lead-say-back").click();
  const list = kari.by("lead-said-back");
  await list.locator("summary").click();
  await list.getByText("At et barn måtte ta ansvaret.").waitFor();
  await kari.by("lead-said-back-wall").click();
  await wall.shows("said-back");
  const read = await wall.by("wall-said-back").innerText();
  assert.match(read, /Jeg tolket for pappa hos legen[\s\S]*At et barn måtte ta ansvaret\./);
  await looks("said-back", { lead: kari, wall });
  assert.deepEqual(await wall.faults(), []);
  await kari.by("lead-said-back-wall").click();
  await until("the wall is free again", async () => (await wall.scene()) !== "said-back");
}, HOUR);

for (const theme of ["light", "dark"]) {
  story(`what is voted on is chosen, the question is the one in the field, and dots stay to be seen (${theme})`, async ({ server, board, people, document }) => {
    const truth = await document();
    truth.addNotes(NOTES);
    const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
    await liv.next();
    await liv.next();
    const kari = await people.desk("Kari", nb({ as: "facilitator", theme }));
    const ali = await people.phone("Ali", nb({ theme }));
    await kari.sees("Ingen ringte");
    await press(kari, "lead-vote");
    const question = kari.page.locator("dialog[open] input[type=text], dialog[open] .field input").first();
    await untilEqual("problems are asked of first, for they are what the phase is about", () => question.inputValue(), "Hvilke problemer er viktigst?");
    await kari.page.locator('[data-on="idea"]').click();
    await untilEqual("the question follows", () => question.inputValue(), "Hvilke ideer vil dere prøve?");
    await kari.page.locator('[data-on="problem"]').click();
    await looks(`vote-sheet-${theme}`, { lead: kari });
    await question.fill("Hva må vi ta tak i først?");
    await kari.page.locator('[data-on="habit"]').click();
    assert.equal(await question.inputValue(), "Hva må vi ta tak i først?", "what somebody wrote stays");
    await kari.page.locator('[data-on="problem"]').click();
    await kari.by("lead-open-round").click();
    await ali.by("moment-vote").waitFor();
    assert.match(await ali.by("moment-vote").innerText(), /Hva må vi ta tak i først\?/);
    const rows = () => ali.page.locator(".vote__title").allInnerTexts();
    await untilEqual("problems only", async () => (await rows()).sort(), ["Apoteket var stengt", "Ingen ringte"]);
    await ali.taps(ali.page.getByTestId("vote-plus-0"));
    await ali.taps(ali.page.getByTestId("vote-plus-0"));
    await ali.taps(ali.page.getByTestId("vote-plus-1"));
    await until("the dots are counted", async () => /1 av/.test(await kari.by("lead-voted").innerText()));

    // Who comes late votes while it is open, and sees the result after.
    const eva = await people.phone("Eva", nb());
    await eva.by("moment-vote").waitFor();
    await kari.by("lead-close-round").click();
    await eva.by("moment-result").waitFor();
    const tor = await people.phone("Tor", nb());
    await tor.by("moment-result").waitFor();
    assert.match(await tor.by("moment-result").innerText(), /Ingen ringte|Apoteket var stengt/);

    // Dots lie on the notes, until there is another vote.
    await untilEqual("two notes have dots", () => kari.page.locator("[data-dots]").allInnerTexts().then((all) => all.sort()), ["1", "2"]);
    await looks(`dots-${theme}`, { lead: kari, phone: ali });

    // Opened again: Ali's dots are where they were, Eva was late, and both results are of the same question.
    await press(kari, "lead-reopen-round");
    await kari.by("lead-vote-now").waitFor();
    assert.match(await kari.by("lead-vote-now").innerText(), /Hva må vi ta tak i først\?/);
    await untilEqual("no dots while people vote", () => kari.page.locator("[data-dots]").count(), 0);
    await ali.by("moment-vote").waitFor();
    await ali.by("vote-reopened").waitFor();
    await untilEqual("Ali's dots are still there", () => ali.page.locator(".vote__count").allInnerTexts(), ["2", "1"]);
    await eva.by("moment-vote").waitFor();
    await untilEqual("Eva has given none", () => eva.page.locator(".vote__count").allInnerTexts(), ["0", "0"]);
    await looks(`vote-reopened-${theme}`, { lead: kari, phone: ali });
    await eva.taps(eva.page.getByTestId("vote-plus-1"));
    await until("both are counted", async () => /2 av/.test(await kari.by("lead-voted").innerText()));
    await kari.by("lead-close-round").click();
    await ali.by("moment-result").waitFor();
    await untilEqual("hers, too", () => kari.page.locator("[data-dots]").allInnerTexts().then((all) => all.sort()), ["2", "2"]);
  }, HOUR);
}

story("everybody goes along with who leads, until they look around themselves", async ({ people, document }) => {
  const truth = await document();
  const [near] = truth.addNotes([{ words: "Her", at: [340, 300] }]);
  const kari = await people.desk("Kari", nb({ as: "facilitator" }));
  const ola = await people.desk("Ola", nb());
  await ola.sees("Her");
  const [far] = truth.addNotes([{ words: "Langt borte", at: [5_000, 3_000] }]);
  const shows = (person, id) =>
    until(`${person.name} has it in view`, async () => {
      const box = await person.note(id).boundingBox().catch(() => null);
      return box !== null && box.x > 0 && box.x + box.width < 1_440 && box.y > 60 && box.y + box.height < 900;
    });
  await press(kari, "lead-gather");
  await kari.by("lead-followed").waitFor();
  await until("Ola follows", async () => /Du ser det/.test(await ola.by("led").innerText()));
  await looks("followed", { lead: kari, desk: ola });

  // She goes elsewhere, and he goes along.
  await kari.page.mouse.move(600, 500);
  for (let times = 0; times < 8; times += 1) await kari.page.mouse.wheel(600, 340);
  await ola.note(near).waitFor({ state: "detached" });
  await kari.canvas.focus();
  await kari.key("Tab", "Tab");
  await kari.note(far).waitFor();
  await shows(ola, far);

  // He looks around himself; she moves on, and he stays, until he wants to go along again.
  await ola.page.mouse.move(700, 500);
  await ola.page.mouse.wheel(-300, 0);
  await until("Ola does not follow", async () => /Følg/.test(await ola.by("led").innerText()));
  const his = await ola.note(far).boundingBox();
  await kari.page.mouse.move(600, 500);
  await kari.page.mouse.wheel(400, 200);
  await kari.isSaved();
  await ola.page.waitForTimeout(400);
  assert.deepEqual(await ola.note(far).boundingBox(), his, "his view is his own");
  await looks("looks-around", { desk: ola });
  await ola.by("led").click();
  await until("he sees what she sees", async () => (await ola.note(far).boundingBox())?.x !== his.x);

  // Who comes late is brought there, too.
  const mona = await people.desk("Mona", nb());
  await until("Mona follows", async () => /Du ser det/.test(await mona.by("led").innerText()));
  await shows(mona, far);
  await kari.by("lead-followed-end").click();
  for (const person of [ola, mona]) await person.by("led").waitFor({ state: "detached" });
}, HOUR);

story("each has as much time as was chosen, and nobody is cut off", async ({ server, board, people }) => {
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const kari = await people.desk("Kari", nb({ as: "facilitator" }));
  const ali = await people.phone("Ali", nb());
  const wall = await people.wall(nb());
  await Guest.come(server, board, "Eva", { voice: "youth" });
  await goesTo(liv, 1);
  await press(kari, "lead-turns");
  await wall.shows("turns");
  assert.equal(await wall.by("turn-time").count(), 0, "nobody has chosen a time");
  await kari.by("lead-turn-time").getByRole("radio", { name: "30 s" }).click();
  for (const person of [kari, ali, wall]) await until(`${person.name} sees the time`, async () => /00:[0-3]\d/.test(await person.by("turn-time").first().innerText()));
  await looks("turn-time", { lead: kari, phone: ali, wall });
  const speaker = await wall.by("wall-turn").innerText();
  await until("it is over", async () => /tiden er ute/.test(await wall.by("turn-time").innerText()), { within: 45_000 });
  assert.match(await wall.by("wall-turn").innerText(), new RegExp(speaker.split("\n")[1]), "the same one speaks");
  await kari.by("lead-turns-next").click();
  await until("the next one's time begins", async () => /00:[12]\d/.test(await wall.by("turn-time").innerText()));
  await kari.by("lead-turns-next").click();
  await until("the round is done", async () => /Runden er ferdig/.test(await kari.by("lead-turns-now").innerText()));
}, HOUR);

story("another day's phase has not started, phases say what they add up to, and the end has a way back", async ({ server, board, people, document }) => {
  const truth = await document();
  truth.addNotes(NOTES);
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const kari = await people.desk("Kari", nb({ as: "facilitator" }));
  const ali = await people.phone("Ali", nb());
  const wall = await people.wall(nb());
  await goesTo(liv, 6);
  for (const person of [kari, ali, wall]) await until(`${person.name} reads it`, async () => /Ikke startet/.test(await person.page.locator("body").innerText()));
  assert.equal(await kari.by("lead-pause").innerText(), "Start");
  await looks("not-started", { lead: kari, phone: ali, wall });
  await kari.by("lead-pause").click();
  await until("it runs", async () => (await kari.by("lead-pause").innerText()) === "Pause");

  // Phases: what each brings, and which begins another day.
  await press(kari, "lead-phases");
  const dialog = kari.page.locator("dialog[open]");
  await until("all of it is added up", async () => /120 minutter til sammen: 60 \+ 30 \+ 30/.test(await dialog.innerText()));
  const row = dialog.locator(".rows__one").nth(1);
  await row.locator(".rows__open").click();
  await row.getByLabel("Prikker").check();
  await row.getByTestId("phase-sitting").getByRole("checkbox").check();
  await looks("phases", { lead: kari });
  await until("another day begins there", async () => /en annen dag/.test(await row.locator(".rows__open").innerText()));
  await row.getByTestId("phase-sitting").getByRole("checkbox").uncheck();
  await dialog.getByTestId("lead-save").click();
  await until("it is kept", () => liv.view.phases[1].tools.includes("vote"));
  assert.deepEqual(liv.view.phases.map((phase) => phase.sitting), [0, 0, 0, 0, 0, 1, 2]);

  while (liv.view.next !== "nothing") await liv.next();
  await kari.by("lead-over").waitFor();
  const field = kari.by("lead-meet-again").getByRole("textbox");
  await field.fill("tirsdag klokka ni");
  await field.press("Enter");
  for (const person of [ali, wall]) await until(`${person.name} knows when they meet again`, async () => /Vi møtes igjen: tirsdag klokka ni/.test((await person.page.locator("body").innerText()).replaceAll("\u2068", "").replaceAll("\u2069", "")));
  await ali.by("over").waitFor();
  assert.match(await ali.by("over").locator("input").inputValue(), /\/board\//);
  await looks("over", { lead: kari, phone: ali, wall });
}, HOUR);
