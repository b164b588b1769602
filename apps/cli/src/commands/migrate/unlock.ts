import { Flags } from "@oclif/core";
import type { FoundLock } from "surql/history";
import { DatabaseCommand } from "../../database-command.ts";
import { confirmationRequired, declined } from "../../errors.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { renderLock } from "../../render/lock.ts";
import { renderUnlocked } from "../../render/unlocked.ts";

export default class MigrateUnlock extends DatabaseCommand<typeof MigrateUnlock> {
  static override summary = "Take the lock away from a runner that is gone";
  static override description =
    "Shows who holds it and asks. A runner that is still alive fails at its next transaction, and changes nothing.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --yes",
  ];
  static override flags = {
    yes: Flags.boolean({ char: "y", summary: "Do not ask" }),
  };

  async run(): Promise<void> {
    const { breakLock, findLock } = await import("surql/history");
    const database = await this.database();
    const lock = await findLock(database);
    if (lock !== undefined) await this.#approve(lock);
    // Only the lock that was shown: another runner may have taken it meanwhile.
    const broken = lock && (await breakLock(database, lock));
    const document = { unlocked: broken !== undefined, lock: lock ?? null };
    await this.show(document, { table: renderUnlocked });
  }

  async #approve(lock: FoundLock): Promise<void> {
    this.output.note(renderLock(lock));
    if (this.flags.yes) return;
    const what = "Breaking the lock";
    if (!hasTerminal()) {
      throw confirmationRequired(what, "Make sure that its owner is gone.", ["--yes"]);
    }
    if (!(await processPrompts().confirm("Take the lock away?"))) throw declined(what);
  }
}
