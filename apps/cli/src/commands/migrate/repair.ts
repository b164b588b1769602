import { Flags } from "@oclif/core";
import type { Repair, RepairDecision } from "surql/executor";
import { lockTimeoutFlag } from "../../configuration/flags.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { repairUndecided } from "../../errors.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { describeRepair, renderRepairs } from "../../render/repairs.ts";

const decisions = ["done", "again", "abandon", "applied"] as const;

const exclusiveOf = (name: RepairDecision): string[] => decisions.filter((one) => one !== name);

export default class MigrateRepair extends DatabaseCommand<typeof MigrateRepair> {
  static override summary = "Put right what an interruption left behind";
  static override description = [
    "Statements of a migration with transaction: none run one by one. Where the process ended between running one and recording it, somebody has to look whether it ran, and say so: --done or --again. --abandon gives a migration up that is half-way: it counts as it did before, and what it did is put right by hand. With --applied it counts as applied as a whole: because the rest was done by hand, or so that a rollback can undo it by its down script.",
    "Indexes that were built and never checked are compared with their tables, and rebuilt where they miss records.",
  ].join("\n\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --done",
    "<%= config.bin %> <%= command.id %> --dry-run",
  ];
  static override flags = {
    done: Flags.boolean({
      summary: "The statement that was begun did run: go on behind it",
      exclusive: exclusiveOf("done"),
    }),
    again: Flags.boolean({
      summary: "It did not run: run it again",
      exclusive: exclusiveOf("again"),
    }),
    abandon: Flags.boolean({
      summary: "Give up what is half-way",
      exclusive: exclusiveOf("abandon"),
    }),
    applied: Flags.boolean({
      summary: "Count what is half-way as applied, so that a rollback can undo it",
      exclusive: exclusiveOf("applied"),
    }),
    "dry-run": Flags.boolean({ summary: "Only say what would be put right" }),
    "lock-timeout": lockTimeoutFlag,
  };

  async run(): Promise<void> {
    const { findRepairs, repairDatabase } = await import("surql/executor");
    const database = await this.database();
    const found = await findRepairs(database);
    const dryRun = this.flags["dry-run"];
    if (dryRun) return this.show({ repaired: [], left: found, dryRun }, { table: renderRepairs });
    const decision = decisions.find((name) => this.flags[name]) ?? (await this.#ask(found));
    const migrations = decision === "applied" ? await this.migrations() : undefined;
    const options = { ...this.runOptions(), decision, migrations };
    const result = await repairDatabase(database, options);
    const open = result.left.find(({ kind }) => kind === "statement");
    if (open === undefined) return this.show(result, { table: renderRepairs });
    return this.showFinding(result, repairUndecided(describeRepair(open)), {
      table: renderRepairs,
    });
  }

  /** Asks about the statement of which nobody knows whether it ran. */
  async #ask(found: readonly Repair[]): Promise<RepairDecision | undefined> {
    const open = found.find(({ kind }) => kind === "statement");
    if (open === undefined || !hasTerminal()) return undefined;
    this.output.note(describeRepair(open));
    return processPrompts().choose("Did it run? Look in the database.", [
      { value: "done", label: "Yes, go on behind it" },
      { value: "again", label: "No, run it again" },
      { value: "abandon", label: "Give the migration up" },
      { value: undefined, label: "I do not know yet" },
    ]);
  }
}
