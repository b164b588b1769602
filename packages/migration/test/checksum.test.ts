import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checksumOf } from "../src/index.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("is the SHA-256 of the bytes, as every other tool computes it", () => {
  // From `printf 'abc' | sha256sum`.
  expect(checksumOf(bytes("abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

test("does not depend on whether lines end with LF or CRLF", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" })), (lines) => {
      const plain = lines.map((line) => line.replaceAll(/[\r\n]/g, ""));
      expect(checksumOf(bytes(plain.join("\r\n")))).toBe(checksumOf(bytes(plain.join("\n"))));
    }),
    { seed: 2026 },
  );
});

test("reads any bytes, and only CRLF as LF", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (any) => {
      const kept = any.filter((byte, i) => !(byte === 0x0d && any[i + 1] === 0x0a));
      expect(checksumOf(any)).toBe(createHash("sha256").update(kept).digest("hex"));
    }),
    { seed: 2026 },
  );
  expect(checksumOf(bytes("a\rb"))).not.toBe(checksumOf(bytes("a\nb")));
});

test("reads only the part of a buffer that it is given", () => {
  expect(checksumOf(bytes("xabcx").subarray(1, 4))).toBe(checksumOf(bytes("abc")));
});
