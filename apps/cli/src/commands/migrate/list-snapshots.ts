import { DatabaseCommand } from "../../database-command.ts";
import { renderSnapshots } from "../../render/snapshots.ts";

export default class MigrateListSnapshots extends DatabaseCommand<typeof MigrateListSnapshots> {
  static override summary = "List the stored snapshots";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  async run(): Promise<void> {
    const { listSnapshots } = await import("surql/snapshot");
    const snapshots = await listSnapshots(await this.database());
    await this.show(snapshots, { table: renderSnapshots });
  }
}
