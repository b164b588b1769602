import { Args, Flags } from "@oclif/core";
import type { SchemaRestore } from "surql/executor";
import {
  batchAboveOptions,
  keepForOptions,
  lockTimeoutFlag,
  preserveOptions,
  rowBudgetOptions,
} from "../../configuration/flags.ts";
import { obtainConsent } from "../../consent.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { schemaIncomplete } from "../../schema-errors.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { renderSchemaRestore } from "../../render/schema-restore.ts";
import { schemaRestoreDocument } from "../../schema-restore-document.ts";
import { shellWord } from "../../shell-word.ts";

export default class MigrateRestoreSchema extends DatabaseCommand<typeof MigrateRestoreSchema> {
  static override summary = "Make the schema of the database that of a version";
  static override description = [
    "Builds it in an empty database; in another, changes what differs. The statements are computed, shown and judged like a rollback before anything is done. Records are not restored, and the ledger stays as it is. What a rule of the configuration covers (drift.ignore) is left alone, and named.",
    "What a snapshot does not hold (passwords, keys) is named with the statement that completes it, and then the exit code is 4. Approving is as with rollback: what loses data needs --force --yes, or a terminal.",
  ].join("\n\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %> 20260109_120000 --dry-run",
    "<%= config.bin %> <%= command.id %> snapshot.json --yes",
  ];
  static override args = {
    version: Args.string({
      description: "A stored or applied version, a snapshot file, or base (nothing)",
      required: true,
    }),
  };
  static override flags = {
    force: Flags.boolean({ summary: "Consent to losing data; still asks" }),
    yes: Flags.boolean({ char: "y", summary: "Do not ask" }),
    "dry-run": Flags.boolean({ summary: "Only say what would be done" }),
    preserve: Flags.boolean(preserveOptions),
    "keep-for": Flags.string(keepForOptions),
    "batch-above": Flags.integer(batchAboveOptions),
    "row-budget": Flags.integer(rowBudgetOptions),
    "lock-timeout": lockTimeoutFlag,
  };

  async run(): Promise<void> {
    const { planSchemaRestore, restoreSchema } = await import("surql/executor");
    const { findRecorded } = await import("../../recorded-source.ts");
    const database = await this.database();
    const target = await findRecorded(database, this.args.version, () => this.migrations());
    const restore = await planSchemaRestore(database, target, {
      policies: this.settings.policies,
      driftRules: this.settings.driftRules,
      preserve: this.flags.preserve ?? this.settings.preserve,
      keepForMs: this.settings.keepForMs,
      batchAbove: this.flags["batch-above"],
      rowBudget: this.flags["row-budget"],
      toolVersion: this.config.version,
    });
    const renderers = { table: renderSchemaRestore };
    if (this.flags["dry-run"]) {
      return this.show({ ...(await schemaRestoreDocument(restore)), dryRun: true }, renderers);
    }
    await this.#approve(restore);
    const done = await restoreSchema(database, restore, { ...this.runOptions(), force: true });
    const document = await schemaRestoreDocument(restore, done);
    const left = [...restore.gaps, ...done.remaining].map(({ path }) => path);
    if (left.length === 0) return this.show(document, renderers);
    return this.showFinding(document, schemaIncomplete(target.version, left), renderers);
  }

  async #approve(restore: SchemaRestore): Promise<void> {
    if (restore.statements.length === 0) return;
    const { version } = restore.target;
    const document = await schemaRestoreDocument(restore);
    const { force, yes } = this.flags;
    await obtainConsent(
      {
        what: `Restoring the schema of ${version}`,
        question: `Make the schema that of ${version}?`,
        look: `Read what it would do: surql migrate restore-schema ${shellWord(version)} --dry-run`,
        dangerous: restore.plan.requiresApproval,
        force,
        yes,
        terminal: hasTerminal(),
      },
      processPrompts(),
      () => this.output.note(renderSchemaRestore(document, this.output.noteStyle)),
    );
  }
}
