import { createHash } from "node:crypto";
import { canonicalJson } from "./canonical-json.ts";
import type { Schema, SchemaSnapshot } from "./snapshot.ts";

/** The canonical text of a schema: what its checksum is taken of, and what is stored. */
export function schemaText({ tables, edges, objects }: Schema): string {
  return canonicalJson({ edges, objects, tables });
}

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The checksum of a schema: SHA-256, in hexadecimal, of the RFC 8785 canonical JSON of its `tables`, `edges` and `objects`.
 * Equal schemas have equal checksums, in whatever order they were created.
 *
 * @example
 * ```ts
 * const drifted = schemaChecksum(await captureSchema(db)) !== snapshot.checksum;
 * ```
 */
export function schemaChecksum(schema: Schema): string {
  return sha256(schemaText(schema));
}

/**
 * Says whether a snapshot's checksum is that of its schema.
 *
 * @example
 * ```ts
 * verifyChecksum(snapshot); // true
 * verifyChecksum({ ...snapshot, tables: {} }); // false
 * ```
 */
export function verifyChecksum(snapshot: SchemaSnapshot): boolean {
  return schemaChecksum(snapshot) === snapshot.checksum;
}
