import { Args } from "@oclif/core";
import { formatFlag } from "../../base-command.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { openScratch } from "../../open-scratch.ts";
import { renderDifference } from "../../render/difference.ts";

const source = "A stored version, base (nothing), live, or the path of a snapshot file";

export default class MigrateCompare extends DatabaseCommand<typeof MigrateCompare> {
  static override summary = "Say what turns one schema into another";
  static override description =
    "As SurrealQL with --format sql: run on the first, it gives the second. What no statement can do is said in comments.";
  static override examples = [
    "<%= config.bin %> <%= command.id %> 20260108_120000 20260109_120000",
    "<%= config.bin %> <%= command.id %> 20260109_120000 live",
    "<%= config.bin %> <%= command.id %> ./before.json live --json",
    "<%= config.bin %> <%= command.id %> live 20260109_120000 --format sql",
  ];
  static override flags = { format: formatFlag(["table", "json", "sql"]) };
  static override args = {
    from: Args.string({ description: source, required: true }),
    to: Args.string({ description: source, required: true }),
  };

  async run(): Promise<void> {
    const { findSnapshot } = await import("../../snapshot-source.ts");
    const { alignSchema, compareSnapshots, differenceScript, renderScript } =
      await import("surql/snapshot");
    const connect = () => this.database();
    const written = await findSnapshot(this.args.from, connect);
    const to = await findSnapshot(this.args.to, connect);
    const from = await alignSchema(written, to, openScratch);
    await this.show(compareSnapshots(from, to), {
      table: renderDifference,
      sql: () => renderScript(differenceScript(from, to)),
    });
  }
}
