// Links as they come out of mail programs, messages and hands: they open, and one without its end says so and takes the
// code instead.

import assert from "node:assert/strict";
import { startProxy } from "../harness/proxies.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const address = (person) => person.page.evaluate(() => location.pathname + location.search + location.hash);

// As a link in a mail is opened: `open` would put the address together anew.
async function opens(person, rest) {
  await person.page.goto("about:blank");
  await person.page.goto(person.line.address + person.prefix + rest);
}

async function types(person, words) {
  const form = person.by("open-another");
  await form.getByLabel(text("home.open_field")).fill(words);
  await form.getByRole("button", { name: text("home.open"), exact: true }).click();
}

story("links that mail programs have rewritten open, and the key is out of the path at once", async ({ people, board, document }) => {
  (await document()).addNote("Hvem eier bytteordningen?");
  const { id, keys: { participant: key, wall } } = board;
  const [one, other] = [key.slice(0, 9), key.slice(9)];
  const ola = await people.at("desk", "/check");
  const asked = [];
  ola.page.on("request", (request) => asked.push([request.url(), request.headers().referer]));
  for (const rest of [
    `/board/${id}%23${key}`,
    `/board/${id}#${key}.`,
    `/board/${id}#${key}%3E`,
    `/board/${id}?utm_source=mail&fbclid=IwAR0#${key}),`,
    `/board/${id}%20#${one}%20${other}`,
    `/board/${id}/#${key}`,
    `/board/${id}%23${key}/`,
    `/Board%2F${id}%23${key}%0A`,
  ]) {
    await opens(ola, rest);
    await ola.isReady();
    await ola.sees("Hvem eier bytteordningen?");
    assert.equal(await address(ola), `/board/${id}#${key}`, rest);
  }
  await opens(ola, `/board/${id}?fbclid=a&group=2%23${key}.`);
  await ola.isReady();
  assert.match(await address(ola), new RegExp(`^/board/${id}(\\?group=2)?#${key}$`));
  const told = asked.filter(([url, referer]) => referer?.includes(key) || (url.includes(key) && !url.includes("/board/") && !url.includes("/Board")));
  assert.deepEqual(told, [], "nobody but the server that was asked heard of the key");

  const hung = await people.at("wall", `/wall/${id}?utm_source=a&theme=dark%23${wall}.`);
  await hung.sees("Hvem eier bytteordningen?");
  assert.equal(await address(hung), `/wall/${id}?theme=dark#${wall}`);
  assert.equal(await hung.page.locator("html").getAttribute("data-theme"), "dark");

  const ali = await people.at("phone", `/join/${board.code.toLowerCase()}.?utm_source=mail`);
  await ali.page.waitForURL(/\/board\/[0-9a-z]{20}#[\w-]{22}$/);
  await ali.isReady();
  await ali.page.goto(`${ali.line.address}/${board.code.toLowerCase().replaceAll("-", "%20")}`);
  await ali.isReady();
});

story("under a path of a host a rewritten link opens within that path", async ({ people, server, board }) => {
  const proxy = await startProxy(server.port, { under: "/verktoy/samtavle" });
  try {
    const ali = await people.phone("Ali", { through: proxy });
    for (const rest of [`/board/${board.id}%23${board.keys.participant}.`, `/board/${board.id}/?utm_source=a#${board.keys.participant}`]) {
      await opens(ali, rest);
      await ali.isReady();
      assert.equal(await address(ali), `/verktoy/samtavle/board/${board.id}#${board.keys.participant}`);
    }
  } finally {
    await proxy.close();
  }
});

for (const [screen, lost] of [["desk", "/board/{id}."], ["phone", "/board/{id}#{cut}"], ["wall", "/wall/{id}"]]) {
  story(`a link without its end says so and takes the code, on the ${screen}`, async ({ people, board, document }) => {
    (await document()).addNote("Hvem eier bytteordningen?");
    const rest = lost.replace("{id}", board.id).replace("{cut}", board.keys.participant.slice(0, 12));
    const ola = await people.at(screen, rest);
    await ola.page.getByText(text("error.link_cut")).first().waitFor();
    await types(ola, "fjell fjell 99");
    await ola.page.getByText(text("error.code_unknown")).waitFor();
    await types(ola, `${board.code.toLowerCase().replaceAll("-", " ")}.`);
    await ola.page.waitForURL(new RegExp(`/${screen === "wall" ? "wall" : "board"}/${board.id}#[\\w-]{22}$`));
    await ola.isReady();
    await ola.sees("Hvem eier bytteordningen?");
    if (screen === "wall") return;
    await opens(ola, `/board/${board.id}`); // this browser has been there
    await ola.isReady();
    await ola.sees("Hvem eier bytteordningen?");
  });
}

story("a wrong key, an unknown board and a code that nobody knows each say so and take another", async ({ people, board }) => {
  for (const screen of ["desk", "phone"]) {
    const eva = await people.at(screen, `/board/${board.id}#${"0".repeat(22)}`);
    await eva.page.getByText(text("error.close_wrong_key")).first().waitFor();
    await types(eva, `Lenken: https://${new URL(eva.line.address).host}/board/${board.id}%23${board.keys.participant}.`);
    await eva.isReady();
    const per = await people.at(screen, `/board/00000000000000000000#${board.keys.participant}`);
    await per.page.getByText(text("error.close_no_board")).first().waitFor();
    await types(per, `https://${new URL(per.line.address).host}/board/${board.id}`);
    await per.page.getByText(text("error.link_cut")).first().waitFor();
    await types(per, board.code);
    await per.isReady();
  }
  const wall = await people.at("wall", `/wall/${board.id}#${"0".repeat(22)}`);
  await wall.page.getByText(text("error.close_wrong_key")).first().waitFor();
  await until("the code is asked for", () => wall.by("open-another").isVisible());
  await untilEqual("nothing stands wrong", () => wall.faults(), []);
});
