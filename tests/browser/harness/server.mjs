// The real server binary, on a port and a data folder of its own.

import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./until.mjs";

const WORKSPACE = fileURLToPath(new URL("../../..", import.meta.url));
const BINARY = process.env.SAMTAVLE_BIN ?? join(WORKSPACE, "target/release/samtavle");

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

export class Server {
  #child;
  #exited;

  // Starts one and waits until it says that it can serve. The clock of its sessions may run faster than others'.
  static async start({ clockSpeed = 1 } = {}) {
    if (!existsSync(BINARY)) {
      throw new Error(`There is no ${BINARY}: build it with "cargo build --release", or name it in SAMTAVLE_BIN`);
    }
    const server = new Server();
    server.options = ["--clock-speed", String(clockSpeed)];
    server.folder = mkdtempSync(join(tmpdir(), "samtavle-browser-"));
    server.port = await freePort();
    server.log = createWriteStream(server.logFile, { flags: "a" });
    await server.startAgain();
    return server;
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  get logFile() {
    return join(this.folder, "server.log");
  }

  // On the same port and folder: as after a crash or an update.
  async startAgain() {
    // A file that may not grow is an error to it, as a full disk is, and not its death.
    const child = spawn("sh", ["-c", 'trap "" XFSZ; exec "$0" "$@"', BINARY, "--listen", `127.0.0.1:${this.port}`, "--data", join(this.folder, "data"), ...this.options], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    child.stdout.pipe(this.log, { end: false });
    child.stderr.pipe(this.log, { end: false });
    this.#child = child;
    this.#exited = new Promise((resolve) => child.once("exit", resolve)).finally(() => running.delete(child));
    await until("the server is healthy", async () => {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}; see its log`);
      const answer = await fetch(`${this.address}/health`).catch(() => null);
      return answer?.ok;
    }, { each: 20 });
  }

  // Nothing more can be written, or everything again.
  hasRoom(room) {
    execFileSync("prlimit", ["--pid", String(this.#child.pid), `--fsize=${room ? "unlimited" : "4096"}:`]);
  }

  // No goodbye: `kill -9`.
  async die() {
    this.#child.kill("SIGKILL");
    await this.#exited;
  }

  // The way an operator stops it.
  async stop() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill("SIGTERM");
    const patience = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
    await this.#exited;
    clearTimeout(patience);
    this.log.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // A new board: `{id, code, keys, links}`.
  async makeBoard({ title, template = "blank" } = {}) {
    const answer = await fetch(`${this.address}/api/boards`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title, template }),
    });
    if (answer.status !== 201) throw new Error(`no board was made: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

export async function freePort() {
  const listener = createServer();
  await new Promise((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return port;
}
