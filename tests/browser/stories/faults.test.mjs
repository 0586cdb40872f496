// Bad networks, browsers that keep nothing, clocks that are wrong: nothing that was written is lost or doubled, and
// the page says in words how it stands.

import assert from "node:assert/strict";
import { Guest } from "../harness/guest.mjs";
import { startProxy } from "../harness/proxies.mjs";
import { story } from "../harness/story.mjs";
import { text } from "../harness/texts.mjs";
import { until, untilEqual } from "../harness/until.mjs";

const STATES = ["opening", "connecting", "saving", "saved", "unsent", "waiting", "away", "offline"]; // the desk and the phone name them each in their way

const has = (person, words) => until(`${person.name}'s notes have “${words}”`, async () => (await person.myNotes()).includes(words));

// Only the tab in front is drawn, and can be pressed.
async function postsIn(tab, words) {
  await tab.page.bringToFront();
  await tab.posts(words);
}

// All notes of one's own, and each as it is said to be.
const isSent = (person) => until(`${person.name}'s notes are sent`, async () => !(await person.myNotes()).includes(text("phone.not_sent")));

story("a phone and a desk write through a network that delays, loses and breaks", async ({ people, document }) => {
  const truth = await document();
  const [ali, kari] = [await people.phone("Ali"), await people.desk("Kari")];
  for (const person of [ali, kari]) {
    person.line.getsBad({ delay: 800, loss: 2 });
    await person.page.evaluate(() => {
      window.said = [];
      const chip = document.querySelector('[data-testid="connection"]');
      new MutationObserver(() => window.said.push(chip.dataset.state)).observe(chip, { attributes: true });
    });
  }
  const all = [];
  for (let number = 1; number <= 10; number += 1) {
    all.push(`Ali ${number}`, `Kari ${number}`);
    await Promise.all([ali.posts(`Ali ${number}`), kari.pastes(`Kari ${number}`)]); // each where there is room
    if (number === 4) ali.line.breaks();
    if (number === 7) kari.line.breaks();
  }
  assert.ok(!truth.texts().includes("Ali 10"), "the network was not really slow");
  await untilEqual("all came, and once", () => truth.texts(), all.sort());
  await Promise.all([ali.isSaved(), kari.isSaved(), isSent(ali)]);
  for (const person of [ali, kari]) {
    const said = await person.page.evaluate(() => window.said);
    assert.ok(said.includes("saving") && said.every((state) => STATES.includes(state)), `it said ${said}`);
    assert.equal(said.at(-1), "saved");
  }
});

story("a phone that slept through a change of networks catches up, and what it had is sent", async ({ people, document }) => {
  const truth = await document();
  const ali = await people.phone("Ali");
  const device = await ali.context.newCDPSession(ali.page);
  await ali.by("compose").fill("Halvferdig");
  await device.send("Page.setWebLifecycleState", { state: "frozen" });
  ali.line.goesDead();
  truth.addNote("Skrevet mens Ali sov");
  await device.send("Page.setWebLifecycleState", { state: "active" });
  assert.equal(await ali.by("compose").inputValue(), "Halvferdig");
  await ali.posts("Skrevet med det samme");
  await until("it is sent, once", async () => {
    await ali.page.evaluate(() => document.dispatchEvent(new Event("resume", { bubbles: true }))); // the protocol wakes it without
    return truth.texts().includes("Skrevet med det samme");
  }, { each: 500 });
  assert.deepEqual(truth.texts(), ["Skrevet med det samme", "Skrevet mens Ali sov"]);
  await ali.sees("Skrevet mens Ali sov");
  await ali.isSaved();
});

story("two tabs of one phone have the same notes, also without a network, and each its own paper", async ({ people, document }) => {
  const truth = await document();
  const one = await people.phone("Ali");
  const other = await people.tabOf(one);
  const tabs = [one, other];
  await one.by("compose").fill("Halvferdig her");
  await other.by("compose").fill("Halvferdig der");
  for (const tab of tabs) await tab.reload();
  const papers = () => Promise.all(tabs.map((tab) => tab.by("compose").inputValue()));
  await untilEqual("each has its own paper", papers, ["Halvferdig her", "Halvferdig der"]);
  await postsIn(one, "Fra den ene");
  await postsIn(other, "Fra den andre");
  for (const tab of tabs) for (const words of ["Fra den ene", "Fra den andre"]) await has(tab, words);

  await one.losesTheNetwork();
  await postsIn(one, "Uten nett, den ene");
  await has(other, "Uten nett, den ene");
  await postsIn(other, "Uten nett, den andre");
  await has(one, "Uten nett, den andre");
  await one.page.close(); // the one that is left has it all
  await other.getsTheNetworkBack();
  await other.isSaved();
  await isSent(other);
  const all = ["Fra den andre", "Fra den ene", "Uten nett, den andre", "Uten nett, den ene"];
  await untilEqual("the board has each once", () => truth.texts(), all);
  await other.reload();
  for (const words of all) await has(other, words);
});

story("drafts of one tab are in the other, and are not sent twice", async ({ server, board, people, document }) => {
  const truth = await document();
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const one = await people.phone("Ali");
  await liv.next();
  const other = await people.tabOf(one);
  await one.losesTheNetwork();
  await postsIn(one, "Stille, den ene");
  await postsIn(other, "Stille, den andre");
  for (const tab of [one, other]) await until("both drafts are in both tabs", async () => (await tab.by("draft").count()) === 2);
  await one.getsTheNetworkBack();
  await until("the server has both", async () => {
    const states = await Promise.all([one, other].map((tab) => tab.by("draft").evaluateAll((all) => all.map((draft) => draft.dataset.state))));
    return states.flat().every((state) => state === "kept");
  });
  await liv.next();
  await untilEqual("each comes once", () => truth.texts(), ["Stille, den andre", "Stille, den ene"]);
  liv.leave();
}, { board: { title: "Trygt hjem", template: "samskaping-60" } });

// A browser, or a window, that lets a page keep nothing.
function forbidden() {
  const no = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  IDBFactory.prototype.open = no;
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get: no });
}

story("where the browser keeps nothing, one takes part, is told, and stays the same person", async ({ people, document }) => {
  const truth = await document();
  const ali = await people.phone("Ali", { given: forbidden, isReady: false });
  const devices = new Set();
  ali.page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => {
    const device = /"device":"(\w+)"/.exec(payload.toString())?.[1];
    if (device) devices.add(device);
  }));
  await ali.isReady();
  assert.ok((await ali.heard()).includes(text("connection.no_local_copy")));
  await ali.posts("Med nett");
  await ali.isSaved();
  await ali.losesTheNetwork();
  await ali.posts("Uten nett");
  await has(ali, "Uten nett");
  await ali.getsTheNetworkBack();
  await ali.isSaved();
  await untilEqual("both came, once", () => truth.texts(), ["Med nett", "Uten nett"]);
  assert.equal(devices.size, 1, "one person, whichever line");
});

// A disk that is full from `window.isFull` on; `window.later` ms have gone by.
function filling() {
  const { now } = Date;
  Date.now = () => now() + (window.later ?? 0);
  const { add } = IDBObjectStore.prototype;
  const { setItem } = Storage.prototype;
  const whole = (act) =>
    function (...what) {
      if (window.isFull) throw new DOMException("No room.", "QuotaExceededError");
      return act.apply(this, what);
    };
  IDBObjectStore.prototype.add = whole(add);
  Storage.prototype.setItem = whole(setItem);
}

story("a full disk is told, and when there is room again all is kept anew", async ({ people, document }) => {
  const truth = await document();
  const ali = await people.phone("Ali", { given: filling });
  const isTold = async () => (await ali.heard()).includes(text("connection.no_local_copy"));
  await ali.posts("Mens det var plass");
  await ali.isSaved();
  assert.equal(await isTold(), false);
  await ali.page.evaluate(() => (window.isFull = true));
  await ali.posts("På full disk");
  await until("it says so", isTold);
  await ali.posts("Og én til");
  await until("both came", () => truth.texts().length === 3);
  await ali.losesTheNetwork();
  await ali.page.evaluate(() => Object.assign(window, { isFull: false, later: 20_000 }));
  await ali.posts("Plass igjen");
  await until("it says no more", async () => !(await isTold()));
  ali.line.join(); // the page comes from the server, and nothing else does
  await ali.context.setOffline(false);
  await ali.page.routeWebSocket(/\/socket\//, (socket) => socket.close());
  await ali.page.route("**/line/**", (route) => route.abort());
  await ali.page.reload();
  for (const words of ["Mens det var plass", "På full disk", "Og én til", "Plass igjen"]) await ali.sees(words);
});

// A device whose clock is a day ahead.
function dayAhead() {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...when) {
      super(...(when.length ? when : [Real.now() + 86_400_000]));
    }
    static now() {
      return Real.now() + 86_400_000;
    }
  };
}

story("with a clock that is a day off, timers and the order of notes are the room's", async ({ server, board, people, document }) => {
  const truth = await document();
  const liv = await Guest.come(server, board, "Liv", { as: "facilitator" });
  const [ali, kari] = [await people.phone("Ali", { given: dayAhead }), await people.phone("Kari")];
  await ali.posts("Fra i morgen");
  await kari.sees("Fra i morgen");
  await kari.posts("Fra i dag");
  await ali.sees("Fra i dag");
  const now = Date.now();
  for (const note of truth.doc.getMap("notes").values()) assert.ok(Math.abs(note.get("at") - now) < 60_000, "dated by the server");
  await liv.next();
  const left = async (person) => {
    const [minutes, seconds] = (await person.by("time-left").innerText()).match(/\d+/g).map(Number);
    return 60 * minutes + seconds;
  };
  await until("both see the same time left", async () => Math.abs((await left(ali)) - (await left(kari))) <= 1);
  liv.leave();
}, { board: { title: "Trygt hjem", template: "samskaping-60" } });

story("who tries fifty wrong codes is told how long to wait, and nobody else in the house waits", async ({ people, board }) => {
  const guesser = await people.at("phone", "/");
  const [field, open] = [guesser.page.getByLabel(text("home.open_field")), guesser.page.getByRole("button", { name: text("home.open"), exact: true })];
  await field.fill("FJELL-FJELL-99");
  await open.tap();
  await guesser.page.getByText(text("error.code_unknown")).waitFor();
  const answers = await guesser.page.evaluate(async () => {
    const body = JSON.stringify({ code: "FJELL-FJELL-98", browser: localStorage.getItem("samtavle.browser") });
    const ask = () => fetch("api/join", { method: "POST", headers: { "content-type": "application/json" }, body });
    const answers = [];
    for (let guess = 0; guess < 49; guess += 1) answers.push((await ask()).status);
    return answers;
  });
  assert.deepEqual([answers[0], answers.at(-1)], [404, 429]);
  await field.fill(board.code);
  await open.tap();
  await guesser.page.getByText(text("error.too_many").replace("{seconds}", "20")).waitFor();

  const kari = await people.at("phone", `/join/${board.code}`);
  await kari.isReady();
});

story("over plain http in the local network everything works but what the browser refuses", async ({ people, document }) => {
  const truth = await document();
  const [ali, kari, wall] = [
    await people.phone("Ali", { host: "tavle.test" }),
    await people.desk("Kari", { host: "tavle.test", as: "facilitator" }),
    await people.wall({ host: "tavle.test" }),
  ];
  assert.deepEqual(await ali.page.evaluate(() => [isSecureContext, "serviceWorker" in navigator]), [false, false]);
  await ali.posts("Fra lokalnettet");
  await wall.sees("Fra lokalnettet");
  await kari.by("invite").first().click();
  await kari.page.getByRole("dialog").getByRole("button", { name: text("common.copy"), exact: true }).first().click();
  await kari.page.getByText(text("common.copied")).first().waitFor();
  await ali.by("compose").fill("Halvferdig");
  await ali.reload();
  assert.equal(await ali.by("compose").inputValue(), "Halvferdig");
  assert.deepEqual(truth.texts(), ["Fra lokalnettet"]);
});

story("under a path of a host the app is kept and opens without a network, too", async ({ server, people }) => {
  const proxy = await startProxy(server.port, { under: "/verktoy/samtavle" });
  try {
    const ali = await people.phone("Ali", { through: proxy });
    await ali.posts("Under en sti");
    await ali.isSaved();
    await until("the worker is there", () => ali.page.evaluate(() => navigator.serviceWorker.ready.then(({ active, scope }) => active.state === "activated" && scope.endsWith("/verktoy/samtavle/"))));
    await ali.losesTheNetwork();
    await ali.page.reload();
    await ali.by("compose").waitFor();
    await ali.sees("Under en sti");
  } finally {
    await proxy.close();
  }
});
