// The board's document as a stranger has it: the standard JavaScript client, on the standard address.
// It is what all screens must agree with.

import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { until } from "./until.mjs";

export class Document {
  // Joins `board` (of Server.makeBoard) and waits for the first sync.
  static async join(address, board, key = board.keys.participant) {
    const document = new Document();
    document.doc = new Y.Doc();
    document.provider = new WebsocketProvider(`${address.replace("http", "ws")}/yjs`, board.id, document.doc, {
      params: { key },
      WebSocketPolyfill: WebSocket,
      disableBc: true,
      maxBackoffTime: 500,
    });
    await until("a standard client is in sync", () => document.provider.synced);
    return document;
  }

  get awareness() {
    return this.provider.awareness;
  }

  // Only what the outer interface asks for: kind, pos, text.
  addNote(words, { kind = "problem", at = [120, 120] } = {}) {
    const id = `js-${Math.random().toString(36).slice(2)}`;
    const note = new Y.Map([["kind", kind], ["pos", at], ["text", new Y.Text(words)]]);
    this.doc.getMap("notes").set(id, note);
    return id;
  }

  // A board with something on it, in one update.
  addNotes(notes) {
    return this.doc.transact(() => notes.map(({ words, ...rest }) => this.addNote(words, rest)));
  }

  addCluster(title, noteIds, { at = [0, 0] } = {}) {
    const id = `js-cluster-${Math.random().toString(36).slice(2)}`;
    this.doc.transact(() => {
      this.doc.getMap("clusters").set(id, new Y.Map([["title", new Y.Text(title)], ["pos", at], ["order", "a0"]]));
      for (const note of noteIds) this.doc.getMap("notes").get(note).set("cluster", id);
    });
    return id;
  }

  // The things of a kind that are on the board: what was taken off it stays in the document for a while, marked as gone.
  #here(kind) {
    return [...this.doc.getMap(kind).entries()].filter(([, thing]) => !thing.has("gone"));
  }

  images() {
    return this.#here("images").map(([, image]) => image);
  }

  #notes() {
    return this.#here("notes").map(([, note]) => note);
  }

  newText(words) {
    return new Y.Text(words);
  }

  newMap(entries) {
    return new Y.Map(entries);
  }

  textOf(id) {
    const note = this.doc.getMap("notes").get(id);
    return note?.has("gone") ? undefined : note?.get("text").toString();
  }

  // All fields of the note with these words; nothing when there is none.
  fields(words) {
    const note = this.#notes().find((one) => one.get("text").toString() === words);
    return note && Object.fromEntries([...note.entries()].filter(([field]) => field !== "text"));
  }

  // Sorted, so that two replicas can be compared.
  texts() {
    return this.#notes().map((note) => note.get("text").toString()).sort();
  }

  // `[{title, notes: [texts]}]`, sorted; those without notes, too.
  clusters() {
    const notes = this.#notes();
    return this.#here("clusters")
      .map(([id, cluster]) => ({
        title: cluster.get("title").toString(),
        notes: notes.filter((note) => note.get("cluster") === id).map((note) => note.get("text").toString()).sort(),
      }))
      .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  }

  leave() {
    this.provider.destroy();
    this.doc.destroy();
  }
}
