import type { StoredScript } from "@surql/history";
import type { Migration } from "@surql/migration";
import { redactSecrets, type Statement } from "@surql/surrealql";
import { sha256 } from "../plan/sha256.ts";

/**
 * What the ledger keeps of a migration, so that it can be undone without its file. Pure.
 *
 * Secrets are taken out: the ledger is read by more people than a secret is for. A direction that held one is marked
 * as withheld and never run from the ledger, because `[REDACTED]` would become the secret (docs/engine.md).
 */
export function scriptToStore(migration: Migration): StoredScript {
  const { version, checksum, parents, transaction, irreversible } = migration;
  const stored = {
    up: migration.up.map(withoutSecrets),
    down: migration.down.map(withoutSecrets),
  };
  const withheld = (["up", "down"] as const).filter(
    (direction) =>
      migration.withheld?.includes(direction) === true ||
      migration[direction].some(({ text }, index) => text !== stored[direction][index]?.text),
  );
  const script = {
    ...stored,
    parents,
    transaction,
    ...(irreversible !== undefined && { irreversible }),
    withheld,
  };
  return { ...script, hash: hashOfScript(version, checksum, script) };
}

function withoutSecrets({ text, line, column }: Statement): Statement {
  return { text: redactSecrets(text), line, column };
}

/** SHA-256 (hexadecimal) over a stored script and what it belongs to. Pure. */
export function hashOfScript(
  version: string,
  checksum: string,
  script: Omit<StoredScript, "hash">,
): string {
  const { up, down, parents, transaction, irreversible = null, withheld } = script;
  const [ups, downs] = [up, down].map((statements) =>
    statements.map(({ text, line, column }) => [text, line, column]),
  );
  const content = [version, checksum, ups, downs, parents, transaction, irreversible, withheld];
  return sha256(JSON.stringify(content));
}
