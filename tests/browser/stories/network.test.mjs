// Networks that fail and servers that die: nothing that was written is lost.

import assert from "node:assert/strict";
import { allAgree } from "../harness/agree.mjs";
import { story } from "../harness/story.mjs";
import { until, untilEqual } from "../harness/until.mjs";

// The budget (docs/benchmarks.md): they carry on in less than this after a restart.
const BACK_WITHIN_MS = 2_000;
// Two cores run the server, the browser and all the people in it.
const ALLOWANCE_MS = 1_000;

story("a desk without network goes on, comes back, and all have the same", async ({ people, document }) => {
  const truth = await document();
  const [kari, ola, wall] = [await people.desk("Kari"), await people.desk("Ola"), await people.wall()];
  const shared = await kari.posts("Før bruddet", { at: [400, 300] });
  await ola.sees("Før bruddet");

  await kari.losesTheNetwork();
  await until("Kari is told", async () => ["away", "unsent", "offline", "waiting"].includes(await kari.connection()));
  await kari.posts("Skrevet uten nett", { at: [700, 300] });
  await kari.writesIn(shared);
  await kari.types(" – hun skrev videre");
  await kari.stopsWriting();
  await ola.posts("Skrevet imens", { at: [400, 600] });
  await ola.writesIn(shared, { caret: 0 });
  await ola.types("Han også: ");
  await ola.stopsWriting();
  assert.ok(!truth.texts().includes("Skrevet uten nett"), "the network was not really cut");

  await kari.getsTheNetworkBack();
  await kari.isSaved();
  await untilEqual("the document has both their words", () => truth.textOf(shared), "Han også: Før bruddet – hun skrev videre");
  assert.deepEqual(truth.texts(), ["Han også: Før bruddet – hun skrev videre", "Skrevet imens", "Skrevet uten nett"]);
  await allAgree(truth, [kari, ola, wall]);
});

story("a page whose id somebody else took while it was away posts what it wrote under another", async ({ board, people, document }) => {
  const truth = await document();
  const [kari, ola] = [await people.desk("Kari"), await people.desk("Ola")];
  await kari.posts("Før bruddet", { at: [400, 300] });
  await ola.sees("Før bruddet");
  await kari.losesTheNetwork();
  await kari.posts("Skrevet uten nett", { at: [700, 300] });
  // Somebody guesses under which id, and takes it: a note, and clocks far beyond it.
  const ids = await kari.page.evaluate((id) => JSON.parse(localStorage.getItem(`samtavle.unsettled.${id}`)), board.id);
  const own = truth.doc.clientID;
  for (const id of ids) {
    truth.doc.clientID = id;
    truth.addNote(`I hennes sted ${id}`, { at: [200, 700] });
  }
  truth.doc.clientID = own;
  await ola.sees(`I hennes sted ${ids[0]}`);
  await kari.getsTheNetworkBack();
  await until("all have what she wrote", () => truth.texts().includes("Skrevet uten nett"));
  await ola.sees("Skrevet uten nett");
  await kari.sees("Skrevet uten nett");
  await kari.isSaved();
  assert.equal(truth.texts().filter((words) => words === "Skrevet uten nett").length, 1);
  await allAgree(truth, [kari, ola]);
});

story("a phone without network keeps what is written, says so, and sends it", async ({ people, document }) => {
  const truth = await document();
  const ali = await people.phone("Ali");
  await ali.losesTheNetwork();
  await ali.posts("Fra bussen");
  await until("it says that it is not sent", async () => /not sent/i.test(await ali.myNotes()));
  await ali.getsTheNetworkBack();
  await until("it is sent", () => truth.texts().includes("Fra bussen"));
  await until("and says so", async () => !/not sent/i.test(await ali.myNotes()));
});

story("the server is killed in the middle of typing: nothing is lost, and all carry on", async ({ server, people, document }) => {
  const truth = await document();
  const [kari, ola, ali, wall] = [
    await people.desk("Kari"),
    await people.desk("Ola"),
    await people.phone("Ali"),
    await people.wall(),
  ];
  await kari.page.mouse.dblclick(400, 300);
  await ola.page.mouse.dblclick(800, 300);
  const first = "Dette skriver Kari mens tjeneren dør";
  const second = "og dette skriver Ola i samme øyeblikk";
  const typing = Promise.all([kari.types(first, { delay: 60 }), ola.types(second, { delay: 60 })]);
  await until("the server has half of it", () => truth.texts().some((words) => words.length > 12));
  await server.die();
  await ali.posts("Skrevet mens tjeneren lå nede");
  await typing;
  assert.ok(!truth.texts().includes(first), "the server was killed too late");

  await server.startAgain();
  const restarted = Date.now();
  await kari.isSaved();
  await ola.isSaved();
  const took = Date.now() - restarted;
  assert.ok(took < BACK_WITHIN_MS + ALLOWANCE_MS, `back ${took} ms after the restart`);
  await kari.stopsWriting();
  await ola.stopsWriting();
  const all = [first, second, "Skrevet mens tjeneren lå nede"].sort();
  await untilEqual("every word is in the document", () => truth.texts(), all);
  await allAgree(truth, [kari, ola, ali, wall]);
});

story("what was shown as saved is there after a kill at any moment", async ({ server, people, document }) => {
  const kari = await people.desk("Kari");
  for (const [index, words] of ["én", "to", "tre"].entries()) {
    await kari.posts(words, { at: [300 + 240 * index, 300] });
    await kari.isSaved();
    await server.die();
    await server.startAgain();
    await kari.isSaved();
  }
  await kari.losesTheNetwork(); // so that it is the server that has them
  await untilEqual("all three are on disk", async () => (await document()).texts(), ["tre", "to", "én"].sort());
});

story("a page that is opened while the server is gone shows the local copy", async ({ server, people }) => {
  const kari = await people.desk("Kari");
  await kari.posts("Her fra før", { at: [500, 300] });
  await kari.isSaved();
  // The page itself comes from the server; only the lines to it are refused.
  await kari.page.routeWebSocket(/\/socket\//, (socket) => socket.close());
  await kari.page.route(/\/line\//, (request) => request.abort()); // nor does it come through over HTTP
  await kari.page.reload();
  await kari.sees("Her fra før");
  await kari.posts("Skrevet på kopien", { at: [500, 600] });
  assert.notEqual(await kari.connection(), "saved");
  assert.equal((await fetch(`${server.address}/health`)).status, 200);
});
