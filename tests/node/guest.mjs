// A guest with the standard packages and nothing of ours: node guest.mjs URL ROOM KEY.
// It says on stdout what it sees, a line each, and takes orders on stdin.
import { createInterface } from "node:readline";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

const [url, room, key] = process.argv.slice(2);
const doc = new Y.Doc();
const provider = new WebsocketProvider(url, room, doc, {
  params: { key },
  WebSocketPolyfill: WebSocket,
  disableBc: true,
  maxBackoffTime: 200,
});
const notes = doc.getMap("notes");
const say = (line) => process.stdout.write(`${line}\n`);

// y-websocket tells a denial only on the console.
console.warn = (...words) => say(words.join(" ").includes("denied") ? "denied" : `warning: ${words.join(" ")}`);
console.error = (...words) => say(`error: ${words.join(" ")}`);

provider.on("sync", (isSynced) => isSynced && say("connected"));
provider.on("connection-close", () => say("disconnected"));
const tellNotes = () => notes.forEach((note) => say(`note: ${note.get("text")}`));
notes.observeDeep(tellNotes);
provider.awareness.on("change", () => {
  for (const [client, state] of provider.awareness.getStates()) {
    if (client !== doc.clientID && state.cursor) say(`cursor: ${state.user?.name} ${state.cursor}`);
  }
});

const orders = {
  write(text) {
    doc.transact(() => {
      const note = new Y.Map();
      note.set("kind", "problem");
      note.set("pos", [10, 20]);
      note.set("text", new Y.Text(text));
      notes.set(`guest-${Math.random().toString(36).slice(2)}`, note);
    });
  },
  edit(rest) {
    const [id, ...words] = rest.split(" ");
    const text = notes.get(id).get("text");
    text.insert(text.length, words.join(" "));
  },
  point(rest) {
    provider.awareness.setLocalState({ user: { name: "Guest", color: "#123456" }, cursor: rest.split(" ").map(Number) });
  },
};
createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [order, ...rest] = line.split(" ");
    orders[order](rest.join(" "));
  })
  .on("close", () => process.exit(0));
