import { Flags } from "@oclif/core";
import {
  allowChangedFlag,
  lockTimeoutFlag,
  outOfOrderFlag,
  restoreBatchAboveOptions,
  restoreFlag,
  rowBudgetOptions,
} from "../../configuration/flags.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { refuseUnsealed, sealApplied } from "../../file-sum.ts";
import { keptSummary } from "../../kept-summary.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { renderApplied, renderPlannedApply } from "../../render/applied.ts";
import { renderStillKept } from "../../render/kept.ts";
import { restoreChoice } from "../../restore-choice.ts";

export default class MigrateUp extends DatabaseCommand<typeof MigrateUp> {
  static override summary = "Apply pending migrations";
  static override description =
    "Each one is committed together with its history row, or not at all; the first that fails ends the run.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --steps 1 --dry-run",
    "<%= config.bin %> <%= command.id %> --to 20260109_120000 --auto-snapshot",
    "<%= config.bin %> <%= command.id %> --restore theirs",
  ];
  static override flags = {
    to: Flags.string({
      summary: "Last version to apply, with all that it builds on",
      helpValue: "<version>",
    }),
    steps: Flags.integer({ summary: "How many to apply at most", min: 1 }),
    "dry-run": Flags.boolean({ summary: "Only say what would be done, and what it would cost" }),
    "row-budget": Flags.integer({ ...rowBudgetOptions, dependsOn: ["dry-run"] }),
    "auto-snapshot": Flags.boolean({
      summary: "Store a snapshot with each migration, whose schema is as in its rehearsal",
    }),
    "accept-difference": Flags.boolean({
      summary: "Let the schema be another than in the rehearsal, where that has to do with records",
      dependsOn: ["auto-snapshot"],
    }),
    "out-of-order": outOfOrderFlag,
    restore: restoreFlag,
    "batch-above": Flags.integer(restoreBatchAboveOptions),
    "allow-changed": allowChangedFlag,
    "lock-timeout": lockTimeoutFlag,
  };

  async run(): Promise<void> {
    const { applyMigrations } = await import("surql/executor");
    const { to, steps, "dry-run": dryRun } = this.flags;
    const { directory } = this.settings;
    const migrations = await this.someMigrations();
    const database = await this.database();
    if (!this.flags["allow-changed"]) await refuseUnsealed(database, directory);
    const result = await applyMigrations(database, migrations, {
      ...this.runOptions(),
      to,
      steps,
      dryRun,
      rowBudget: this.flags["row-budget"],
      autoSnapshot: this.flags["auto-snapshot"],
      acceptDifference: this.flags["accept-difference"],
      allowChanged: this.flags["allow-changed"],
      outOfOrder: this.settings.outOfOrder,
      policies: this.settings.policies,
      batchAbove: this.flags["batch-above"],
      restore: restoreChoice(this.settings.restore, this.output, hasTerminal(), processPrompts()),
    });
    const { applied, snapshots, durationMs, issues = [], overallSafety = "unsafe" } = result;
    const { restored, kept, outOfOrder } = result;
    const late = outOfOrder === undefined ? {} : { outOfOrder };
    if (!dryRun) {
      const unsealed = await sealApplied(database, directory, migrations);
      if (unsealed !== undefined) this.output.note(unsealed);
      if (kept.length > 0) this.output.note(renderStillKept(kept));
      const done = {
        applied,
        snapshots,
        restored,
        kept: kept.map(keptSummary),
        durationMs,
        ...late,
      };
      return this.show(done, { table: renderApplied });
    }
    const { redactSecrets } = await import("surql/surrealql");
    const planned = result.planned.map((migration) => ({
      ...migration,
      statements: migration.statements.map(redactSecrets),
    }));
    const document = {
      applied,
      snapshots,
      planned,
      kept: kept.map(keptSummary),
      overallSafety,
      issues,
      ...late,
    };
    return this.show(document, { table: renderPlannedApply });
  }
}
