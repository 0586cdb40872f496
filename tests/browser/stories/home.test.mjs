// The front page: a board is made in a minute, and found again.

import assert from "node:assert/strict";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until } from "../harness/until.mjs";

const isOnABoard = (person) => person.page.waitForURL(/\/board\/[^#]+#.+/);

story("somebody makes a board on the front page and writes the first note", async ({ people }) => {
  const kari = await people.at("desk", "/");
  await kari.page.getByLabel(text("home.board_title")).fill("Trygg hjem fra sykehuset");
  await kari.page.getByRole("button", { name: text("home.make") }).click();
  await isOnABoard(kari);
  await kari.isReady();
  await kari.posts("Ingen ringer når mor skrives ut");
  await kari.isSaved();
  await until("the board has its title", async () => {
    const title = kari.by("board-title");
    return ((await title.inputValue().catch(() => title.textContent())) ?? "").includes("Trygg hjem");
  });

  await kari.open(new URL("/", kari.server).href);
  await kari.page.getByRole("link", { name: /Trygg hjem fra sykehuset/ }).first().click();
  await isOnABoard(kari);
  await kari.sees("Ingen ringer når mor skrives ut");
});

story("a code from the wall, typed carelessly, opens the board", async ({ people, board, document }) => {
  (await document()).addNote("Hvem eier bytteordningen?");
  const ola = await people.at("desk", "/");
  await ola.page.getByLabel(text("home.open_field")).fill(board.code.toLowerCase().replaceAll("-", " "));
  await ola.page.getByRole("button", { name: text("home.open"), exact: true }).click();
  await isOnABoard(ola);
  await ola.isReady();
  await ola.sees("Hvem eier bytteordningen?");
});

story("a join link goes to the board by itself, on a phone to the phone's view", async ({ people, board }) => {
  const ali = await people.at("phone", `/join/${board.code}`);
  await isOnABoard(ali);
  await ali.isReady();
});

story("an unknown code is told in words, and another can be typed", async ({ people }) => {
  const ola = await people.at("desk", "/join/FISK-FJORD-99");
  await ola.page.getByText(text("error.code_unknown")).waitFor();
  assert.ok(await ola.page.getByLabel(text("home.open_field")).isVisible());
});

story("a link with a wrong key, and one without, say so", async ({ people, board }) => {
  const eva = await people.at("desk", `/board/${board.id}#${"0".repeat(22)}`);
  await eva.page.getByText(text("error.close_wrong_key")).first().waitFor();
  const per = await people.at("phone", `/board/${board.id}`);
  await until("the page says what to do", async () => {
    const said = await per.page.locator("body").innerText();
    return said.includes(text("error.link_cut"));
  });
});

story("a link to a board that never was says so", async ({ people, board }) => {
  const eva = await people.at("desk", `/board/00000000000000000000#${board.keys.participant}`);
  await eva.page.getByText(text("error.close_no_board")).first().waitFor();
});

story("the language is chosen once and holds", async ({ people }) => {
  const kari = await people.at("desk", "/", { language: "nb" });
  await kari.page.getByText(text("home.lead", {}, "nb")).waitFor();
  await kari.page.getByText("English", { exact: true }).first().click();
  await kari.page.getByText(text("home.lead")).waitFor();
  await kari.page.reload();
  await kari.page.getByText(text("home.lead")).waitFor();
  assert.equal(await kari.page.locator("html").getAttribute("lang"), "en");
});
