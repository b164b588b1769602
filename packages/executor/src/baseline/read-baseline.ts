import type { Database } from "@surql/connection";
import { getAppliedMigrations } from "@surql/history";
import { sealSchema } from "@surql/snapshot";
import type { AdoptedState } from "./adopt-migration.ts";
import { refuseUnfinished } from "../run/refuse-half-way.ts";
import { alreadyAdopted } from "./adopt-errors.ts";

/**
 * Reads what a database holds that has no history yet: what the first migration is written from.
 *
 * @throws `EXECUTOR.ALREADY_ADOPTED` when something is applied, by whatever port of surql; `EXECUTOR.UNFINISHED_MIGRATION`, `EXECUTOR.STATEMENT_UNSETTLED`, `CONNECTION.*`.
 * @example
 * ```ts
 * const state = await readBaseline(db);
 * const { migration } = await createMigration({ directory, name: "baseline", now, up, down });
 * await adoptMigration(db, migration, state);
 * ```
 */
export async function readBaseline(db: Database): Promise<AdoptedState> {
  const ledger = await getAppliedMigrations(db);
  if (ledger.length > 0) throw alreadyAdopted(ledger.map(({ version }) => version));
  await refuseUnfinished(db);
  return { ...(await sealSchema(db)), applied: [] };
}
