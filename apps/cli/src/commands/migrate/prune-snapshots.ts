import { Flags } from "@oclif/core";
import { DatabaseCommand } from "../../database-command.ts";
import { invalidUsage } from "../../errors.ts";
import { parseDuration } from "../../parse-duration.ts";
import { renderPruned } from "../../render/pruned.ts";

export default class MigratePruneSnapshots extends DatabaseCommand<typeof MigratePruneSnapshots> {
  static override summary = "Delete old snapshots";
  static override description =
    "Deletes what is not among the newest --keep and is older than --older-than. At least one of the two is needed.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> --keep 10",
    "<%= config.bin %> <%= command.id %> --keep 10 --older-than 30d",
  ];
  static override flags = {
    keep: Flags.integer({ summary: "How many of the newest to keep in any case", min: 0 }),
    "older-than": Flags.string({
      summary: "Delete only what is older: a number and s, m, h, d or w",
      helpValue: "<age>",
    }),
  };

  async run(): Promise<void> {
    const { pruneSnapshots } = await import("surql/snapshot");
    const { keep, "older-than": age } = this.flags;
    const olderThan = age === undefined ? undefined : parseDuration("--older-than", age);
    if (keep === undefined && olderThan === undefined) {
      throw invalidUsage("Nothing says which snapshots to delete.", [
        "Pass --keep, --older-than, or both.",
      ]);
    }
    const deleted = await pruneSnapshots(await this.database(), { keep, olderThan });
    await this.show({ deleted }, { table: renderPruned });
  }
}
