import { DatabaseCommand } from "../../database-command.ts";
import { renderUnlocked } from "../../render/unlocked.ts";

export default class MigrateUnlock extends DatabaseCommand<typeof MigrateUnlock> {
  static override summary = "Take the lock away from a runner that is gone";
  static override description =
    "A runner that is still alive fails at its next transaction, and changes nothing.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  async run(): Promise<void> {
    const { breakLock } = await import("surql/history");
    const lock = await breakLock(await this.database());
    await this.show(
      { unlocked: lock !== undefined, lock: lock ?? null },
      { table: renderUnlocked },
    );
  }
}
