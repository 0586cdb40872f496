// Somebody without a phone takes part: another one types, and it counts for who spoke.

import assert from "node:assert/strict";
import { Barriers } from "../harness/axe.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const HOUR = { board: { title: "Trygt hjem", template: "samskaping-60" } };

// In the dialog: somebody new, with a name and a voice.
async function writesFor(person, press, name, voice) {
  await press(person.by("scribe-open"));
  await person.by("scribe-begin").waitFor();
  if (name) await person.page.getByRole("textbox", { name: text("scribe.name") }).fill(name);
  if (voice) await press(person.by(`scribe-voice-${voice}`));
  await press(person.by("scribe-begin"));
  await person.by("scribe-strip").waitFor();
}

const strip = (person) => person.by("scribe-strip").innerText();
const label = (person, hook = "post") => person.by(hook).innerText();

story("a phone writes for somebody without one, and it stays plain for whom", async ({ people, document }) => {
  const truth = await document();
  const kari = await people.phone("Kari", { viewport: { width: 320, height: 568 } });
  const taps = (locator) => kari.taps(locator);
  await writesFor(kari, taps, "Olav", "patient");
  assert.match(await strip(kari), /Olav/);
  assert.equal(await label(kari), text("scribe.post_for", { name: "Olav" }));
  const barriers = new Barriers();
  await barriers.lookAt(kari, "writing for another");

  await kari.posts("Trappa er bratt");
  await untilEqual("it is on the board", () => truth.texts(), ["Trappa er bratt"]);
  assert.equal(truth.fields("Trappa er bratt").voice, "patient", "with his voice");
  const mine = kari.by("my-notes").locator("li").filter({ hasText: "Trappa er bratt" });
  await until("my notes say for whom", async () => (await mine.innerText()).includes(text("scribe.for_name", { name: "Olav" })));

  // It holds through a reload, and without a network.
  await kari.reload();
  assert.match(await strip(kari), /Olav/);
  await kari.losesTheNetwork();
  await kari.posts("Ingen heis");
  await until("it waits on the phone", async () => (await kari.by("draft").innerText()).includes("Olav"));
  await kari.getsTheNetworkBack();
  await untilEqual("and comes", () => truth.texts(), ["Ingen heis", "Trappa er bratt"]);
  assert.equal(truth.fields("Ingen heis").voice, "patient");

  // One press, and I write for myself; another, and it is him again.
  await kari.taps(kari.by("scribe-back"));
  await until("it is me", async () => (await kari.by("scribe-strip").count()) === 0);
  await kari.posts("Min egen");
  await until("it is there", () => truth.texts().includes("Min egen"));
  assert.equal(truth.fields("Min egen").voice, undefined, "as myself");
  await kari.taps(kari.by("scribe-open"));
  await kari.by("scribe-known").waitFor();
  await barriers.lookAt(kari, "choosing for whom");
  await kari.taps(kari.by("scribe-known"));
  await until("it is him", async () => (await label(kari)) === text("scribe.post_for", { name: "Olav" }));
  barriers.expectNone();
}, HOUR);

story("in silence, in the round and in a vote somebody without a phone is one of all", async ({ people, document }) => {
  const truth = await document();
  truth.addNotes([{ words: "Bussen" }, { words: "Natta" }]);
  const lead = await people.desk("Liv", { as: "facilitator" });
  const kari = await people.desk("Kari");
  const ali = await people.phone("Ali");
  const wall = await people.wall();
  await lead.by("lead-next").click();
  await kari.by("silent-compose").waitFor();
  await writesFor(kari, (locator) => locator.click(), "Olav", "citizen");
  assert.equal(await label(kari, "silent-post"), text("scribe.pile_for", { name: "Olav" }));
  await kari.by("silent-compose").fill("Olavs lapp");
  await kari.by("silent-post").click();
  await until("she keeps it", async () => (await kari.by("draft").getAttribute("data-state")) === "kept");
  assert.match(await kari.by("draft").innerText(), /Olav/);
  for (const person of [lead, ali, wall]) assert.ok(!(await person.page.content()).includes("Olavs lapp"), person.name);

  // Who leads sees that he is there, and who writes for him.
  const press = async (tool) => {
    if (!(await lead.by(tool).first().isVisible())) await lead.by("lead-more").click();
    await lead.by(tool).first().click();
  };
  await press("lead-people");
  const row = lead.by("lead-people-list").locator("li").filter({ hasText: "Olav" });
  await row.waitFor();
  assert.equal(await row.getByRole("button", { name: text("lead.share") }).count(), 0, "he has no screen to lead from");
  await lead.key("Escape");

  await lead.by("lead-next").click();
  await until("all see it", async () => truth.texts().includes("Olavs lapp"));
  assert.equal(truth.fields("Olavs lapp").voice, "citizen");

  // Each gives their own dots.
  await press("lead-vote");
  await lead.by("lead-open-round").click();
  await kari.by("vote-plus-0").click();
  await until("hers are there", async () => (await kari.by("dots-left").innerText()).startsWith("2"));
  await kari.by("vote-whose").getByText("Olav").click();
  await until("he has all of his", async () => (await kari.by("dots-left").innerText()).startsWith("3"));
  await kari.by("vote-plus-1").click();
  await until("both are counted", async () => (await lead.by("lead-voted").innerText()).startsWith("2 "));
  await kari.by("vote-whose").getByText(text("scribe.mine"), { exact: true }).click();
  await until("hers are as they were", async () => (await kari.by("dots-left").innerText()).startsWith("2"));
}, HOUR);

story("who has no phone has something to say back, and a scribe who leaves is replaced", async ({ people, document }) => {
  const lead = await people.phone("Liv", { as: "facilitator" });
  const kari = await people.phone("Kari");
  const ali = await people.phone("Ali");
  await writesFor(kari, (locator) => kari.taps(locator), "Olav", "patient");
  await kari.taps(kari.by("scribe-back"));
  await ali.posts("Bussen kommer aldri");
  await kari.sees("Bussen kommer aldri");
  const leads = async (tool) => {
    await lead.opens("lead");
    await lead.by("lead-next").waitFor();
    if (!(await lead.by(tool).first().isVisible())) await lead.by("lead-more").tap();
    await lead.by(tool).first().tap();
  };
  await leads("lead-next");
  await until("it is silent", async () => (await label(ali)) === text("session.put_in_pile"));
  await leads("lead-next");
  await until("and no more", async () => (await label(ali)) === text("phone.post"));
  await leads("lead-say-back");
  const card = kari.by("moment-say-back").first();
  await card.waitFor();
  const asks = text("scribe.say_back", { name: "Olav" });
  for (let looks = 0; looks < 3 && !(await card.innerText()).includes(asks); looks += 1) await kari.taps(kari.by("moment-more"));
  assert.ok((await card.innerText()).includes(asks), "it is said whose words are asked for");
  await card.getByTestId("say-back-text").fill("At han ikke kommer seg til byen");
  await kari.taps(card.getByTestId("say-back-send"));
  await ali.by("moment-judge").first().waitFor();
  assert.match(await ali.by("moment-judge").first().innerText(), /At han ikke kommer seg til byen/);

  await kari.losesTheNetwork();
  await leads("lead-people");
  const row = lead.by("lead-people-list").locator("li").filter({ hasText: "Olav" });
  await row.getByTestId("lead-change-scribe").tap();
  await row.getByTestId("scribe-choice").filter({ hasText: "Person 3" }).tap();
  await until("Ali is told", async () => (await ali.page.locator("body").innerText()).includes(text("scribe.given", { name: "Olav" })));
  await ali.opens("write");
  await ali.taps(ali.by("scribe-open"));
  await ali.taps(ali.by("scribe-known"));
  await ali.posts("Heisen er ødelagt");
  const truth = await document();
  await until("it is there", () => truth.texts().includes("Heisen er ødelagt"));
  assert.equal(truth.fields("Heisen er ødelagt").voice, "patient", "with Olav's voice");
}, HOUR);

story("a scribe lets another write, and who leads replaces one who is there, after a question", async ({ people, document }) => {
  const truth = await document();
  const lead = await people.phone("Liv", { as: "facilitator" });
  const kari = await people.phone("Kari");
  const ali = await people.desk("Ali");
  const nobody = new Barriers();
  await writesFor(kari, (locator) => kari.taps(locator), "Olav", "patient");
  await kari.taps(kari.by("scribe-strip").getByRole("button").first());
  await kari.taps(kari.by("scribe-pass-on"));
  const list = kari.by("pass-on-list");
  await until("all who are here can be chosen, and who leads", async () => (await list.getByRole("button").count()) === 3);
  await nobody.lookAt(kari, "another is to write");
  await kari.taps(list.getByRole("button").filter({ hasText: "Person 3" }));
  await ali.isTold(text("scribe.given", { name: "Olav" }));
  await kari.isTold(text("scribe.passed_on", { name: "Olav" }));
  await until("she writes for herself", async () => (await kari.by("scribe-strip").count()) === 0);

  // On the desk, to whoever leads.
  await ali.by("voice-choice").getByRole("button").first().click();
  await ali.page.getByRole("menuitem", { name: text("scribe.write_for") }).click();
  await ali.by("scribe-pass-on").first().click();
  await nobody.lookAt(ali, "another is to write, on a desk");
  await ali.by("pass-on-lead").click();
  await lead.isTold(text("scribe.given", { name: "Olav" }));

  // Who leads chooses another, and says so before it is done.
  await lead.opens("lead");
  await lead.by("lead-next").waitFor();
  if (!(await lead.by("lead-people").first().isVisible())) await lead.by("lead-more").tap();
  await lead.by("lead-people").first().tap();
  const row = lead.by("lead-people-list").locator("li").filter({ hasText: "Olav" });
  await lead.taps(row.getByTestId("lead-change-scribe"));
  const asks = row.getByRole("alert");
  await until("it is asked", async () => (await asks.innerText()).includes("Olav"));
  assert.equal(await asks.getByTestId("scribe-choice").count(), 2, "not the one who writes");
  await lead.taps(asks.getByTestId("scribe-choice").filter({ hasText: "Person 2" }));
  await kari.isTold(text("scribe.given", { name: "Olav" }));
  await kari.taps(kari.by("scribe-open"));
  await kari.taps(kari.by("scribe-known"));
  await kari.posts("Trappa er bratt");
  await until("it is there", () => truth.texts().includes("Trappa er bratt"));
  assert.equal(truth.fields("Trappa er bratt").voice, "patient");
  nobody.expectNone();
}, HOUR);
