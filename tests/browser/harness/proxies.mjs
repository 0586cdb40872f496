// Reverse proxies as hospitals and town halls have them: small real ones, each with one fault. A person
// in a story opens the site by way of one. They listen on 127.0.0.1 and need nothing but node.

import { createServer, request } from "node:http";
import { connect } from "node:net";

// startProxy(server.port, { … }): what it does to what passes through.
//   blocksUpgrade      403 to every WebSocket
//   cutsSocketsAfter   ms: then a WebSocket breaks off without a word
//   holdsBack          keeps an answer until it has all of it (for `holdsBackMost` ms at most)
//   under              "/verktoy/samtavle": serves it there, and takes the path off
//   tellsPath          sends X-Forwarded-Prefix
//   others             more ports: each request goes to the next of all
//   strips             sends the server's own host, and nothing about who asked
// `proxy.wantsLogin(/\.wasm$/)`: from then on it answers such paths with a page of its own, as a hotel's network does,
// and has browsers keep it; `wantsLogin()`: somebody has logged in.
export async function startProxy(port, how = {}) {
  const proxy = new Proxy([port, ...(how.others ?? [])], how);
  await proxy.listen();
  return proxy;
}

class Proxy {
  #ports;
  #how;
  #turn = 0;
  #listener;
  #sockets = new Set();
  // Answers to POST that still are to be lost.
  #toLose = 0;
  #login;

  constructor(ports, how) {
    this.#ports = ports;
    this.#how = how;
  }

  async listen() {
    this.#listener = createServer((asked, answer) => this.#carry(asked, answer));
    this.#listener.on("upgrade", (asked, near, head) => this.#upgrade(asked, near, head));
    this.#listener.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise((resolve) => this.#listener.listen(0, "127.0.0.1", resolve));
  }

  get port() {
    return this.#listener.address().port;
  }

  get address() {
    return `http://127.0.0.1:${this.port}${this.#how.under ?? ""}`;
  }

  // Everything that is under way breaks off; what comes next gets through.
  breaks() {
    for (const socket of this.#sockets) socket.destroy();
  }

  // So many POSTs on a line reach the server, and their answers do not come back.
  losesAnswers(count) {
    this.#toLose = count;
  }

  wantsLogin(paths) {
    this.#login = paths;
  }

  get hasLostAll() {
    return this.#toLose === 0;
  }

  async close() {
    this.breaks();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #next() {
    this.#turn = (this.#turn + 1) % this.#ports.length;
    return this.#ports[this.#turn];
  }

  // What the server is asked; `undefined`: it is not ours.
  #onward(asked) {
    const { under, tellsPath, strips } = this.#how;
    let path = asked.url;
    if (under) {
      if (!path.startsWith(`${under}/`)) return undefined;
      path = path.slice(under.length);
    }
    const port = this.#next();
    const headers = { ...asked.headers };
    if (strips) {
      headers.host = `samtavle.internal:${port}`;
    } else {
      headers["x-forwarded-host"] = headers.host;
      headers["x-forwarded-for"] = "198.51.100.7";
      headers["x-forwarded-proto"] = "http";
      if (under && tellsPath) headers["x-forwarded-prefix"] = under;
    }
    return { host: "127.0.0.1", port, path, method: asked.method, headers };
  }

  #carry(asked, answer) {
    if (this.#login?.test(asked.url)) {
      answer.writeHead(200, { "content-type": "text/html", "cache-control": "public, max-age=31536000, immutable" });
      answer.end("<!doctype html><title>Gjestenett</title><h1>Logg inn</h1>");
      return;
    }
    const onward = this.#onward(asked);
    if (!onward) {
      answer.writeHead(404).end("this is somebody else's");
      return;
    }
    const far = request(onward, (came) => {
      if (this.#toLose > 0 && asked.method === "POST" && onward.path.includes("?at=")) {
        this.#toLose -= 1;
        asked.socket.destroy();
        return;
      }
      if (this.#how.holdsBack) this.#holdBack(came, answer);
      else {
        answer.writeHead(came.statusCode, came.headers);
        answer.flushHeaders();
        came.pipe(answer);
      }
      came.on("error", () => answer.destroy());
    });
    far.on("error", () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
    answer.on("close", () => far.destroy());
    asked.pipe(far);
  }

  #holdBack(came, answer) {
    const kept = [];
    came.on("data", (bytes) => kept.push(bytes));
    came.on("end", () => {
      answer.writeHead(came.statusCode, came.headers);
      answer.end(Buffer.concat(kept));
    });
  }

  #upgrade(asked, near, head) {
    near.on("error", () => {});
    const onward = this.#how.blocksUpgrade ? undefined : this.#onward(asked);
    if (!onward) {
      near.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const far = connect(onward.port, "127.0.0.1", () => {
      const lines = Object.entries(onward.headers).map(([name, value]) => `${name}: ${value}`);
      far.write([`GET ${onward.path} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
      far.write(head);
      far.pipe(near);
      near.pipe(far);
    });
    const over = () => {
      far.destroy();
      near.destroy();
    };
    for (const socket of [near, far]) socket.on("error", over).on("close", over);
    if (this.#how.cutsSocketsAfter) setTimeout(over, this.#how.cutsSocketsAfter).unref();
  }
}
