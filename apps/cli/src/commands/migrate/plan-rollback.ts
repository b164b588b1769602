import { Args, Flags } from "@oclif/core";
import {
  allowChangedFlag,
  batchAboveOptions,
  branchOptions,
  fromDatabaseFlag,
  fromSnapshotsOptions,
  keepForOptions,
  preserveOptions,
  rehearseFlag,
  rowBudgetOptions,
} from "../../configuration/flags.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { parseDuration } from "../../parse-duration.ts";
import { renderRollbackPlan } from "../../render/rollback-plan.ts";
import { writeOutputFile } from "../../write-output-file.ts";

export default class MigratePlanRollback extends DatabaseCommand<typeof MigratePlanRollback> {
  static override summary = "Say what a rollback would do, and what it would cost";
  static override description = [
    "Reads the database and changes nothing. The statements are run in a scratch engine in memory that gets the schema, but no records unless --sample says how many.",
    "With --rehearse it also runs the statements on the database, in a transaction that is always cancelled: real errors, real numbers, and the time it takes. Not over HTTP, and not where a statement has effects that cancelling does not undo, such as http::*.",
  ].join("\n\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %> 20260108_120000",
    "<%= config.bin %> <%= command.id %> base --show-sql",
    "<%= config.bin %> <%= command.id %> 20260108_120000 --branch 20260110_090000",
    "<%= config.bin %> <%= command.id %> 20260108_120000 --rehearse",
    "<%= config.bin %> <%= command.id %> 20260108_120000 --output plan.json",
  ];
  static override args = {
    version: Args.string({ description: "An applied version, or base", required: true }),
  };
  static override flags = {
    "show-sql": Flags.boolean({ summary: "Show the statements that would run" }),
    output: Flags.string({
      char: "o",
      summary: "Also write the plan to a file, for rollback --plan",
      helpValue: "<file>",
    }),
    expires: Flags.string({
      summary: "How long the plan may be carried out: 2h, 30d; seven days unless told",
      helpValue: "<duration>",
    }),
    branch: Flags.string(branchOptions),
    rehearse: rehearseFlag,
    preserve: Flags.boolean(preserveOptions),
    "keep-for": Flags.string(keepForOptions),
    "batch-above": Flags.integer(batchAboveOptions),
    sample: Flags.integer({
      summary: "Copy up to this many records of each table to the scratch engine",
      helpValue: "<n>",
      min: 1,
    }),
    "row-budget": Flags.integer(rowBudgetOptions),
    "allow-changed": allowChangedFlag,
    "from-database": fromDatabaseFlag,
    "from-snapshots": Flags.boolean(fromSnapshotsOptions),
  };

  async run(): Promise<void> {
    const { createRollbackPlan, redactPlan, serializePlan } = await import("surql/executor");
    const { version } = this.args;
    const { output, expires } = this.flags;
    const lifetimeMs = expires === undefined ? undefined : parseDuration("--expires", expires);
    const migrations = await this.knownMigrations(this.flags["from-database"]);
    const plan = redactPlan(
      await createRollbackPlan(await this.database(), migrations, version, {
        branch: this.flags.branch,
        allowChanged: this.flags["allow-changed"],
        fromSnapshots: this.flags["from-snapshots"],
        rowBudget: this.flags["row-budget"],
        rehearse: this.flags.rehearse,
        preserve: this.flags.preserve ?? this.settings.preserve,
        keepForMs: this.settings.keepForMs,
        batchAbove: this.flags["batch-above"],
        scratch: { sample: this.flags.sample },
        onEvent: this.runOptions().onEvent,
        policies: this.settings.policies,
        driftRules: this.settings.driftRules,
        toolVersion: this.config.version,
        lifetimeMs,
      }),
    );
    if (output !== undefined) {
      await writeOutputFile(output, serializePlan(plan));
      this.output.note(
        `Plan written to ${output}. To carry it out: surql migrate rollback --plan ${output}`,
      );
    }
    await this.show(plan, {
      table: (document, style) => renderRollbackPlan(document, style, this.flags["show-sql"]),
    });
  }
}
