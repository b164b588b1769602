import type { Socket } from "node:net";

/** What stands before the payload of a WebSocket frame of the server's: binary, whole, and its length. */
export function frameHead({ length }: Uint8Array): Uint8Array {
  if (length < 126) return Buffer.from([0x82, length]);
  const head = Buffer.alloc(length < 0x1_0000 ? 4 : 10);
  head.set([0x82, length < 0x1_0000 ? 126 : 127]);
  if (length < 0x1_0000) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** What stands before the body of a response. */
export function responseHead({ length }: Uint8Array): Uint8Array {
  const lines = ["HTTP/1.1 200 OK", "content-type: application/cbor", `content-length: ${length}`];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
}

/** Sends the first half of an answer, and then nothing any more. */
export function tear(socket: Socket, head: Uint8Array, answer: Uint8Array): void {
  socket.write(Buffer.concat([head, answer.subarray(0, answer.length >> 1)]), () =>
    socket.destroy(),
  );
}
