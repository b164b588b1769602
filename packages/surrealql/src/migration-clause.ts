import { evaluated, perRecord } from "./clause-readers.ts";
import { eatWords } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/**
 * Reads `EXISTING ROWS AS name USING … FALLBACK …` behind the `MIGRATE` of a field, from 4.0 on: it
 * rewrites the values that the records of the table hold.
 */
export function readMigration(reader: Reader, scope: Scope): void {
  if (!eatWords(reader, "EXISTING", "ROWS")) return;
  if (eatWords(reader, "AS")) evaluated(reader, scope);
  if (eatWords(reader, "USING")) perRecord(reader, scope);
  if (eatWords(reader, "FALLBACK")) perRecord(reader, scope);
}
