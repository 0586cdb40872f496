// Pictures of paper notes, made in a page's canvas; and what cameras write into theirs.

// A flip chart with three papers on it, and a red spot in its top left corner. With `noise` it is as large as a real
// photo is. Gives a JPEG.
export async function flipChart(page, { width = 900, height = 1200, noise = false } = {}) {
  const base64 = await page.evaluate(
    async ({ width, height, noise }) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d");
      context.fillStyle = "#f4f0e6";
      context.fillRect(0, 0, width, height);
      if (noise) {
        const picture = context.getImageData(0, 0, width, height);
        let seed = 7;
        for (let at = 0; at < picture.data.length; at += 4) {
          seed = (seed * 1103515245 + 12345) % 2147483648;
          for (const part of [0, 1, 2]) picture.data[at + part] -= (seed >> (8 + 5 * part)) & 63;
        }
        context.putImageData(picture, 0, 0);
      }
      const words = ["Ingen ringte", "Apoteket var stengt", "To lister"];
      const side = Math.min(width, height) * 0.28;
      words.forEach((text, index) => {
        const [x, y] = [width * 0.08 + index * side * 1.1, height * (0.2 + 0.2 * index)];
        context.fillStyle = ["#ffe27a", "#ffb59a", "#b6e3a8"][index];
        context.fillRect(x, y, side, side);
        context.fillStyle = "#222";
        context.font = `italic ${side / 7}px cursive`;
        text.split(" ").forEach((word, line) => context.fillText(word, x + side / 10, y + side / 3 + (line * side) / 5));
      });
      context.fillStyle = "#d00";
      context.fillRect(0, 0, width / 8, height / 8);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      return btoa(text);
    },
    { width, height, noise },
  );
  return Buffer.from(base64, "base64");
}

// As a phone writes it that was held upright: "turn me a quarter clockwise", and where it was taken.
export function fromCamera(jpeg) {
  const tiff = Buffer.alloc(26 + 12 * 3 + 6 + 24);
  tiff.write("II*\0", 0, "latin1");
  tiff.writeUInt32LE(8, 4);
  const entry = (at, tag, type, count, value) => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    tiff.writeUInt32LE(value, at + 8);
  };
  tiff.writeUInt16LE(2, 8);
  entry(10, 0x0112, 3, 1, 6); // orientation
  entry(22, 0x8825, 4, 1, 38); // where the directory of places is
  tiff.writeUInt16LE(2, 38);
  entry(40, 0x0001, 2, 2, 0x4e); // north
  entry(52, 0x0002, 5, 3, 68); // degrees, minutes, seconds
  [59, 1, 54, 1].forEach((number, index) => tiff.writeUInt32LE(number, 68 + 4 * index));
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

// What the server gives when somebody who takes part asks for a photo.
export function ask(server, board, photo) {
  return fetch(`${server.address}/api/boards/${board.id}/photos/${photo}`, {
    headers: { authorization: `Bearer ${board.keys.participant}` },
  });
}

// A stored photo: its bytes, its size in pixels, and the colours `[r, g, b]` of its corners, clockwise from the left above.
export async function stored(person, server, board, photo) {
  const bytes = Buffer.from(await (await ask(server, board, photo)).arrayBuffer());
  const seen = await person.page.evaluate(async (base64) => {
    const file = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([file]));
    const { width, height } = image;
    const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
    context.drawImage(image, 0, 0);
    const colour = (x, y) => [...context.getImageData(x * width, y * height, 1, 1).data].slice(0, 3);
    return { width, height, corners: [colour(0.03, 0.03), colour(0.97, 0.03), colour(0.97, 0.97), colour(0.03, 0.97)] };
  }, bytes.toString("base64"));
  return { bytes, ...seen };
}
