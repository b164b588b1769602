import { createHash } from "node:crypto";

/**
 * The checksum of a migration: SHA-256 of its bytes with CRLF read as LF, so that a checkout on
 * Windows does not change it. Equal to that of surql's other ports for files without CRLF.
 *
 * @returns 64 hexadecimal digits in lower case.
 * @example
 * ```ts
 * checksumOf(await readFile("migrations/20260109_120000_add_bio.surql"));
 * ```
 */
export function checksumOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  return createHash("sha256").update(text.replaceAll("\r\n", "\n"), "latin1").digest("hex");
}
