import { applyMigrations } from "surql";
import type { Stage } from "./scenario.ts";

/** `up`. */
export async function applyAll({ db, migrations, options }: Stage): Promise<void> {
  await applyMigrations(db, migrations, options);
}
