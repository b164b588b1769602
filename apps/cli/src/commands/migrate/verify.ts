import { Args } from "@oclif/core";
import { driftFound } from "../../errors.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { renderDifference } from "../../render/difference.ts";

export default class MigrateVerify extends DatabaseCommand<typeof MigrateVerify> {
  static override summary = "Look for drift: compare the database with the snapshot of its version";
  static override description = "Exits with 4 when they differ.";
  static override examples = ["<%= config.bin %> <%= command.id %>"];
  static override args = {
    version: Args.string({
      description: "Stored snapshot to compare with; that of the current version unless given",
    }),
  };

  async run(): Promise<void> {
    const { findSnapshot } = await import("../../snapshot-source.ts");
    const { compareSnapshots } = await import("surql/snapshot");
    const version = this.args.version ?? (await this.currentVersion());
    const connect = () => this.database();
    const difference = compareSnapshots(
      await findSnapshot(version, connect),
      await findSnapshot("live", connect),
    );
    const renderers = { table: renderDifference };
    if (difference.identical) return this.show(difference, renderers);
    const drift = driftFound(version, difference.changes.length);
    return this.showFinding(difference, drift, renderers);
  }
}
