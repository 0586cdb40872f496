// A new link after somebody was sent away, and the door: shut, or opened to one after another; on desk, phone and wall.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { RESULTS, story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until } from "../harness/until.mjs";

const nb = { language: "nb" };
const words = (key, filling) => text(key, filling, "nb");
const PICTURES = join(RESULTS, "door");
mkdirSync(PICTURES, { recursive: true });
const picture = (person, name) => person.screenshot(join(PICTURES, `${name}.png`));
// On a board without an hour the panel begins folded, and has its settings under "more".
async function press(person, hook) {
  const button = person.by(hook).first();
  if ((await person.by("lead-fold").getAttribute("aria-expanded")) === "false") await person.by("lead-fold").click();
  if (!(await button.isVisible())) await person.by("lead-more").first().click();
  await button.scrollIntoViewIfNeeded();
  await button.click();
}
const codeOn = (person) => person.by("join-code").first().innerText();

story("somebody is sent away, a new link follows in one press, and the wall shows it", async ({ board, people }) => {
  const liv = await people.desk("Liv", { ...nb, as: "facilitator" });
  const wall = await people.wall(nb);
  const kari = await people.phone("Kari", nb);
  await kari.posts("Bussen kommer ikke");
  const troll = await people.desk("Troll", nb);
  const old = await codeOn(wall);

  await press(liv, "lead-people");
  const rows = liv.by("lead-people-list").locator("li");
  await rows.filter({ has: liv.by("lead-remove") }).last().getByTestId("lead-remove").click();
  await liv.by("lead-person-do").click();
  await liv.by("after-removal").waitFor();
  await until("Troll is out", async () => (await troll.connection().catch(() => "")) !== "saved");
  await picture(liv, "after-removal");
  await liv.by("after-removal").getByTestId("new-link").click();
  await picture(liv, "new-link-asked");
  await liv.by("new-link-do").click();
  await until("the wall shows another code", async () => (await codeOn(wall)) !== old);
  await liv.by("after-removal").getByText(words("door.new_link_made")).waitFor();
  await picture(liv, "new-link-made");
  await picture(wall, "wall-with-the-new-code");

  // Who is there stays, also after the page was loaded anew.
  await kari.posts("Vi er her ennå");
  await kari.reload();
  await kari.posts("Og etterpå");
  await kari.isSaved();

  // The link of before leads nowhere, on a device of before and on a new one.
  for (const screen of ["desk", "phone"]) {
    const back = await people.at(screen, board.links.participant, nb);
    await back.page.getByText(words("error.close_wrong_key")).first().waitFor();
    assert.equal(await back.page.getByText("Bussen kommer ikke").count(), 0);
    await picture(back, `old-link-${screen}`);
  }
  // A key that nobody ever gave shows nothing of what this browser keeps.
  const guest = await people.desk("Ola", { ...nb, as: "facilitator" });
  await guest.sees("Og etterpå");
  const { pathname } = new URL(guest.page.url());
  // The page begins anew by itself when the key in its address is another.
  await guest.open(`${guest.server}${pathname}#${"A".repeat(22)}`);
  await guest.page.getByText(words("error.close_wrong_key")).first().waitFor();
  assert.deepEqual(await guest.texts(), []);

  const joined = await people.at("phone", `/join/${await codeOn(wall)}`, nb);
  await joined.isReady();
  await joined.posts("Jeg kom med den nye");
  const late = await people.at("phone", `/join/${old}`, nb);
  await late.page.getByText(words("error.code_unknown")).first().waitFor();
});

story("a facilitator makes a new link for facilitators in one press, and the old one leads nowhere", async ({ board, people }) => {
  const liv = await people.desk("Liv", { ...nb, as: "facilitator" });
  const per = await people.phone("Per", { ...nb, as: "facilitator" });
  const kari = await people.desk("Kari", nb);
  const keyOf = (person) => new URL(person.page.url()).hash;
  const old = keyOf(liv);
  await liv.by("invite").first().click();
  await liv.by("new-lead-link").click();
  await picture(liv, "new-lead-link-asked");
  await liv.by("new-lead-link-do").click();
  await liv.by("door").getByText(words("door.new_lead_link_made")).waitFor();
  const shown = await liv.by("door").getByLabel(words("door.new_lead_link_copy")).inputValue();
  assert.notEqual(new URL(shown).hash, old);
  await picture(liv, "new-lead-link-made");
  // Their pages have the new one in their addresses, and go on with it.
  for (const person of [liv, per]) {
    await until("the new key", () => keyOf(person) === new URL(shown).hash);
    await person.reload();
  }
  await liv.by("lead-fold").waitFor();
  await per.opens("lead");
  // Who took part stays, and does not facilitate by the old link; nor does a new device.
  await kari.posts("Bussen kommer ikke");
  for (const person of [await people.at("desk", board.links.facilitator, nb), await people.at("phone", board.links.facilitator, nb)]) {
    await person.page.getByText(words("error.close_wrong_key")).first().waitFor();
  }
  const { pathname } = new URL(shown);
  const siri = await people.at("phone", `${pathname}${new URL(shown).hash}`, nb);
  await siri.isReady();
  await siri.opens("lead");
  // On a phone, where others are invited.
  await per.page.getByRole("button", { name: words("desk.menu"), exact: true }).tap();
  await per.by("new-lead-link").scrollIntoViewIfNeeded();
  await per.taps(per.by("new-lead-link"));
  await per.by("new-lead-link-do").scrollIntoViewIfNeeded();
  await picture(per, "new-lead-link-phone-asked");
  await per.taps(per.by("new-lead-link-do"));
  await per.by("door").getByText(words("door.new_lead_link_made")).waitFor();
  await per.by("door").getByLabel(words("door.new_lead_link_copy")).scrollIntoViewIfNeeded();
  await picture(per, "new-lead-link-phone");
});

story("latecomers wait outside until they are let in, by desk and by phone, and then nobody more comes", async ({ board, people }) => {
  const liv = await people.desk("Liv", { ...nb, as: "facilitator" });
  const per = await people.phone("Per", { ...nb, as: "facilitator" });
  const wall = await people.wall(nb);
  await liv.by("invite").first().click();
  await liv.by("door").getByRole("radio", { name: words("door.ask") }).click();
  await liv.by("door").getByText(words("door.ask_hint")).waitFor();
  await picture(liv, "invite");
  await liv.key("Escape");

  const ola = await people.phone("Ola", { ...nb, isReady: false });
  await ola.by("waiting-outside").waitFor();
  await liv.by("lead-waiting").waitFor();
  const atTheDoor = (person) => person.by("waiting-name").first().innerText();
  assert.match(await atTheDoor(liv), /^Gjest \d+$/);
  await ola.page.getByLabel(words("people.your_name")).fill("Ola Nordmann");
  await until("who waits has a name", async () => (await atTheDoor(liv)) === "Ola Nordmann");
  await picture(ola, "waiting-phone");
  await liv.isTold(words("door.waiting_1", { count: 1 }));
  await picture(liv, "one-waits-desk");
  await liv.by("let-in").click();
  await ola.isReady();
  await ola.posts("Jeg fikk komme inn");

  const siri = await people.desk("Siri", { ...nb, theme: "dark", isReady: false });
  await siri.by("waiting-outside").waitFor();
  await picture(siri, "waiting-desk-dark");
  await per.opens("lead");
  await per.by("lead-waiting").waitFor();
  await picture(per, "one-waits-phone");
  await per.taps(per.by("turn-away"));
  await siri.page.getByText(words("error.close_not_let_in")).first().waitFor();
  await picture(siri, "not-let-in-desk-dark");

  // On the phone, where others are invited.
  await per.page.getByRole("button", { name: words("desk.menu"), exact: true }).tap();
  await per.by("door").scrollIntoViewIfNeeded();
  await per.taps(per.by("door").getByRole("radio", { name: words("door.shut") }));
  await per.by("door").getByText(words("door.shut_hint")).waitFor();
  await picture(per, "door-phone");
  await until("the wall invites nobody", async () => (await wall.by("join-code").count()) === 0);
  await picture(wall, "wall-shut");
  const late = await people.phone("Late", { ...nb, isReady: false });
  await late.page.getByText(words("error.close_not_let_in")).first().waitFor();
  await picture(late, "shut-phone");
  await ola.reload();
  await ola.isSaved();
});
