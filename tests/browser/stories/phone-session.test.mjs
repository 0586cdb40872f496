// The session on phones: who takes part with one thumb, and who leads with one.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };

// The facilitator's page on a phone: a tool that is not of this phase is under "more".
async function leads(kari, hook) {
  await kari.opens("lead");
  const tool = kari.by(hook).first();
  await kari.by("lead-next").waitFor();
  if (!(await tool.isVisible())) await kari.by("lead-more").tap();
  await tool.tap();
}

const drafts = (person) => person.by("draft").allInnerTexts();
const stands = (person, title) => until(`${person.name} stands in “${title}”`, async () => (await person.by("phase-title").innerText()) === title);

async function begins(people, wish = {}) {
  const kari = await people.phone("Kari", { as: "facilitator", ...wish });
  const ali = await people.phone("Ali", wish);
  const liv = await people.phone("Liv", wish);
  await leads(kari, "lead-next");
  await until("it is silent", async () => (await ali.by("post").innerText()) === text("session.put_in_pile"));
  await until("for all", async () => (await liv.by("post").innerText()) === text("session.put_in_pile"));
  return { kari, ali, liv };
}

story("what was written without a network comes to the board once, also when all was shown meanwhile", async ({ people, document }) => {
  const truth = await document();
  const { kari, ali, liv } = await begins(people);
  await ali.posts("Skrevet i god tid");
  await liv.posts("Livs lapp");
  await until("the server keeps Ali's", async () => (await ali.by("draft").getAttribute("data-state")) === "kept");
  await ali.losesTheNetwork();
  await ali.posts("Skrevet på bussen");
  await until("it says that it is not sent", async () => (await drafts(ali)).some((draft) => draft.includes(text("phone.not_sent"))));
  assert.deepEqual(truth.texts(), [], "nobody sees a draft");

  await leads(kari, "lead-next");
  await untilEqual("what was kept is shown", () => truth.texts(), ["Livs lapp", "Skrevet i god tid"]);
  await ali.getsTheNetworkBack();
  await untilEqual("and then the rest, once", () => truth.texts(), ["Livs lapp", "Skrevet i god tid", "Skrevet på bussen"]);
  await until("nothing waits on the phone", async () => (await ali.by("draft").count()) === 0);
  await ali.reload();
  await ali.sees("Skrevet på bussen");
  assert.equal(truth.texts().length, 3, "nothing came twice");
}, HOUR);

story("drafts survive a reload, are mended and thrown away", async ({ people, document }) => {
  const truth = await document();
  const { kari, ali } = await begins(people);
  for (const words of ["Den første", "Den andre", "Den tredje"]) await ali.posts(words);
  await ali.reload();
  await until("all three are there", async () => (await ali.by("draft").count()) === 3);
  await ali.by("draft").filter({ hasText: "Den andre" }).getByRole("button").tap();
  await ali.by("draft").locator("textarea").fill("Den andre, mendet");
  await ali.by("draft").getByRole("button", { name: text("phone.save_edit") }).tap();
  await ali.by("draft").filter({ hasText: "Den tredje" }).getByRole("button").tap();
  await ali.by("draft").getByRole("button", { name: text("session.draft_drop") }).tap();
  await until("one is gone", async () => (await ali.by("draft").count()) === 2);
  await until("the server has both", async () => {
    const states = await ali.by("draft").evaluateAll((all) => all.map((draft) => draft.dataset.state));
    return states.every((state) => state === "kept");
  });
  await leads(kari, "lead-next");
  await untilEqual("what was thrown away is not shown", () => truth.texts(), ["Den andre, mendet", "Den første"]);
}, HOUR);

story("nobody has more dots than they were given, nor more on one", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes([{ words: "Bussen" }, { words: "Natta" }, { words: "Listene" }]);
  const { kari, ali } = await begins(people);
  await leads(kari, "lead-vote");
  const most = kari.page.getByRole("dialog").getByRole("spinbutton", { name: text("lead.vote_most") });
  await most.fill("2");
  await most.press("Tab");
  await kari.by("lead-open-round").tap();
  await ali.by("moment-vote").waitFor();
  const plus = (row) => ali.by(`vote-plus-${row}`);
  const counts = () => ali.page.locator(".vote__count").allInnerTexts();
  for (let press = 0; press < 4; press += 1) await plus(0).tap({ force: true });
  assert.equal((await counts())[0], "2", "at most two on one");
  for (let press = 0; press < 3; press += 1) await plus(1).tap({ force: true });
  assert.deepEqual(await counts(), ["2", "1", "0"], "three in all");
  assert.equal(await plus(2).getAttribute("aria-disabled"), "true");
  await ali.by("vote-minus").first().tap();
  await plus(2).tap();
  assert.deepEqual(await counts(), ["1", "1", "1"], "it can be changed");
  await until("it is counted", async () => /1/.test(await kari.by("lead-voted").innerText()));
  await leads(kari, "lead-close-round");
  await ali.by("moment-result").waitFor();
  assert.equal(await ali.by("moment-vote").count(), 0, "what is closed is not voted on");
}, HOUR);

story("a thought of somebody else's is answered, and the answer remembers it", async ({ people, document }) => {
  const truth = await document();
  const { kari, ali, liv } = await begins(people);
  await ali.posts("Apoteket var stengt");
  await liv.posts("Ingen ringte");
  await leads(kari, "lead-next");
  await untilEqual("all is shown", () => truth.texts(), ["Apoteket var stengt", "Ingen ringte"]);
  await ali.by("disturb-me").tap();
  const card = ali.by("moment-disturbance");
  await card.waitFor();
  assert.ok(!(await card.innerText()).includes("Apoteket var stengt"), "nobody is disturbed by their own words");
  await card.getByTestId("moment-answer").fill("Da visste heller ikke mamma det");
  await card.getByTestId("moment-post").tap();
  await until("it is on the board", () => truth.texts().includes("Da visste heller ikke mamma det"));
  const answer = [...truth.doc.getMap("notes").values()].find((note) => note.get("text").toString().startsWith("Da visste"));
  assert.match(answer.get("born") ?? "", /^(note|card):/, "it knows where it came from");
  await until("the card is gone", async () => (await card.count()) === 0);

  await ali.by("disturb-me").tap();
  await card.waitFor();
  await card.getByTestId("moment-aside").tap();
  await until("it can be put away", async () => (await card.count()) === 0);
}, HOUR);

story("an hour is led from a phone: begin, show, go on, vote, close", async ({ people, document }) => {
  const truth = await document();
  const { kari, ali, liv } = await begins(people);
  await ali.posts("Apoteket var stengt");
  await liv.posts("Ingen ringte");
  await until("two wait to be shown", async () => /2/.test(await kari.by("lead-drafts").innerText()));
  await leads(kari, "lead-next");
  await untilEqual("all is shown", () => truth.texts(), ["Apoteket var stengt", "Ingen ringte"]);
  await leads(kari, "lead-next");
  const second = await until("it goes on", async () => {
    // In this order: a title that was read first may be that of the phase before.
    const isSecond = /2/.test(await ali.page.locator(".phone__where").innerText());
    return isSecond && ali.by("phase-title").innerText();
  });
  await stands(liv, second);
  await leads(kari, "lead-turns");
  await kari.by("lead-turns-now").waitFor();
  await until("one of them is told that it is their turn", async () => (await ali.by("moment-turn").isVisible()) || (await liv.by("moment-turn").isVisible()));
  await leads(kari, "lead-turns");
  await leads(kari, "lead-vote");
  await kari.by("lead-open-round").tap();
  for (const person of [ali, liv]) await person.by("vote-plus-0").tap();
  await until("both have voted", async () => /2/.test(await kari.by("lead-voted").innerText()));
  await leads(kari, "lead-next");
  for (const person of [ali, liv]) {
    await person.by("moment-result").waitFor();
    await until("two dots are told", async () => /2/.test(await person.by("moment-result").innerText()));
  }
}, HOUR);

story("who comes late by a group's code is seated there, and stays where a facilitator seats them", async ({ people, board }) => {
  const { kari, ali } = await begins(people);
  await leads(kari, "lead-groups");
  const sheet = kari.page.getByRole("dialog");
  await sheet.getByText(text("lead.by_groups")).tap();
  await kari.by("lead-mix").tap();
  await ali.by("moment-group").waitFor();
  const late = await people.at("phone", `/join/${board.code}?group=1`);
  const group = () => late.page.locator(".phone__where").innerText();
  await until("they are in the second group", async () => (await group()).includes(text("session.group_green")));
  const seats = sheet.getByRole("combobox");
  await until("Kari sees three", async () => (await seats.count()) === 3);
  await seats.last().selectOption({ label: text("session.group_blue") });
  await until("they are in the first group", async () => (await group()).includes(text("session.group_blue")));
  await late.losesTheNetwork();
  await until("they are told", async () => (await late.connection()) !== "saved");
  await late.getsTheNetworkBack();
  await late.isSaved();
  assert.match(await group(), new RegExp(text("session.group_blue")), "the code seats nobody a second time");
  await late.page.reload();
  await late.isSaved();
  await until("nor after a reload", async () => (await group()).includes(text("session.group_blue")));
  assert.equal(await late.page.locator(".notice").count(), 0, "and nothing is said of it");
}, HOUR);

for (const theme of ["light", "dark"]) {
  story(
    `the session on a phone keeps nobody out (${theme})`,
    async ({ people, document }) => {
      const barriers = new Barriers();
      // What has been scrolled halfway under the black button is no barrier.
      const lookAtLead = async (where) => {
        await kari.page.locator(".phone__page").evaluate((page) => page.scrollTo(0, 0));
        await barriers.lookAt(kari, where);
      };
      const truth = await document();
      const { kari, ali, liv } = await begins(people, { theme });
      await ali.posts("Apoteket var stengt");
      await liv.posts("Ingen ringte");
      await barriers.lookAt(ali, "silence");
      await ali.by("draft").first().getByRole("button").tap();
      await barriers.lookAt(ali, "a draft that is open");
      await lookAtLead("who leads, in silence");
      await leads(kari, "lead-next");
      await ali.sees("Ingen ringte");
      await ali.opens("write");
      await ali.by("disturb-me").tap();
      await ali.by("moment-disturbance").waitFor();
      await barriers.lookAt(ali, "a disturbance");
      await ali.by("moment-aside").tap();
      await leads(kari, "lead-say-back");
      await liv.by("moment-say-back").waitFor();
      await barriers.lookAt(liv, "say it back");
      await liv.by("say-back-text").fill("At det var stengt");
      await liv.by("say-back-send").tap();
      await ali.by("moment-judge").waitFor();
      await barriers.lookAt(ali, "what others understood");
      await ali.by("judge-yes").tap();
      await leads(kari, "lead-say-back");
      await leads(kari, "lead-turns");
      await until("it is somebody's turn", async () => (await ali.by("moment-turn").isVisible()) || (await liv.by("moment-turn").isVisible()));
      await barriers.lookAt(ali, "turns");
      await lookAtLead("who leads the turns");
      await leads(kari, "lead-turns");
      await leads(kari, "lead-vote");
      await barriers.lookAt(kari, "the sheet for a vote");
      await kari.by("lead-open-round").tap();
      await ali.by("vote-plus-0").tap();
      await barriers.lookAt(ali, "the ballot");
      await leads(kari, "lead-close-round");
      await ali.by("moment-result").waitFor();
      await barriers.lookAt(ali, "the result");
      await ali.by("moment-close").tap();
      for (const tab of ["clusters", "board"]) {
        await ali.opens(tab);
        await barriers.lookAt(ali, tab);
      }
      await ali.opens("write");
      await ali.by("my-notes").locator("[data-note]").first().tap();
      await barriers.lookAt(ali, "a note that is open");
      await ali.by("answer-with").first().tap();
      await barriers.lookAt(ali, "a note for another");
      await ali.page.keyboard.press("Escape");
      for (const hook of ["lead-groups", "lead-people", "lead-phases", "lead-voices", "lead-showing", "lead-deck", "lead-scene"]) {
        await leads(kari, hook);
        await kari.page.getByRole("dialog").waitFor();
        await barriers.lookAt(kari, hook);
        await kari.page.keyboard.press("Escape");
      }
      await lookAtLead("who leads, with all tools");
      assert.ok(truth.texts().length >= 2);
      barriers.expectNone();
    },
    { ...HOUR, limit: 180_000 },
  );
}
