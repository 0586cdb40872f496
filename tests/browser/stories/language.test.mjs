// Languages: each person reads their own, and the wall reads the board's.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until } from "../harness/until.mjs";

const nn = (key, filling) => text(key, filling, "nn");
const languageOf = (person) => person.page.locator("html").getAttribute("lang");
const speaks = (person, language) =>
  until(`${person.name} reads ${language}`, async () => (await languageOf(person)) === language);

// In the panel of whoever leads: what the wall shows, and in which language.
async function letsTheWallSpeak(lead, name, language) {
  const button = lead.by("lead-scene").first();
  await button.or(lead.by("lead-more").first()).first().waitFor();
  if (!(await button.isVisible())) await lead.by("lead-more").click();
  await button.click();
  await lead.by("wall-language").getByRole("radio", { name, exact: true }).click();
  await until("it is chosen", async () => {
    const chosen = lead.by("wall-language").getByRole("radio", { name, exact: true });
    return (await chosen.getAttribute("aria-checked")) === "true";
  });
  await lead.page.getByRole("button", { name: text("common.close", {}, language), exact: true }).first().click();
}

story("nynorsk is chosen on the front page and holds on desk and phone", async ({ people, board }) => {
  const kari = await people.at("desk", "/", { language: "nb" });
  await kari.page.getByText("Nynorsk", { exact: true }).first().click();
  await kari.page.getByText(nn("home.lead")).waitFor();
  assert.equal(await languageOf(kari), "nn");
  await kari.open(board.links.participant);
  await kari.isReady();
  await kari.page.getByText(nn("desk.empty_title")).first().waitFor();
  await kari.page.reload();
  await kari.page.getByText(nn("desk.empty_title")).first().waitFor();
});

story("a browser in nynorsk is met in nynorsk, one in plain Norwegian in bokmål", async ({ people }) => {
  const ola = await people.phone("Ola", { language: "nn" });
  await speaks(ola, "nn");
  await ola.page.getByRole("button", { name: nn("phone.post") }).first().waitFor();
  await ola.page.getByText(nn("phone.no_notes")).first().waitFor();
  const per = await people.at("desk", "/", { locale: "no" });
  await per.page.getByText(text("home.lead", {}, "nb")).waitFor();
});

story("the session's own words are in nynorsk, too", async ({ people }) => {
  const kari = await people.desk("Kari", { as: "facilitator", language: "nn" });
  const ola = await people.phone("Ola", { language: "nn" });
  await ola.by("introduce").getByRole("button", { name: "Pårørande", exact: true }).first().waitFor();
  await kari.by("lead-next").click();
  await ola.page.getByText("Kva er eigentleg problemet?").first().waitFor();
}, { board: { template: "samskaping-60" } });

story("a board made in nynorsk has a wall in nynorsk, whatever the projector's browser speaks", async ({ people }) => {
  const kari = await people.at("desk", "/", { language: "nn" });
  await kari.page.getByRole("button", { name: nn("home.make") }).click();
  await kari.page.waitForURL(/\/board\/[^#]+#.+/);
  const wall = await kari.page.evaluate(() => {
    const [made] = JSON.parse(localStorage.getItem("samtavle.boards"));
    return `/wall/${made.id}#${made.others.wall}`;
  });
  const projector = await people.at("wall", wall, { language: "en" });
  await speaks(projector, "nn");
});

story("the wall follows the board's language at once, and its address goes before", async ({ people, board }) => {
  const kari = await people.desk("Kari", { as: "facilitator" });
  const wall = await people.wall();
  const other = await people.at("wall", board.links.wall.replace("#", "?lang=nb#"));
  await speaks(wall, "en");
  await letsTheWallSpeak(kari, "Nynorsk", "en");
  await speaks(wall, "nn");
  await letsTheWallSpeak(kari, "English", "en");
  await speaks(wall, "en");
  assert.equal(await languageOf(other), "nb");
  assert.equal(await languageOf(kari), "en", "who leads reads what they chose");
}, { board: { template: "samskaping-60" } });
