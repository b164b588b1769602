import { Args, Flags } from "@oclif/core";
import type { SurqlError } from "surql/errors";
import type { BackupFolder, RollbackPlan, RollbackResult } from "surql/executor";
import type { Migration } from "surql/migration";
import { decideApproval } from "../../approval.ts";
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
  lockTimeoutFlag,
} from "../../configuration/flags.ts";
import { obtainConsent } from "../../consent.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { invalidUsage } from "../../errors.ts";
import { rollbackFailed, rollbackInterrupted } from "../../rollback-errors.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { renderRollbackPlan } from "../../render/rollback-plan.ts";
import { renderRollbackResult } from "../../render/rollback-result.ts";

export default class MigrateRollback extends DatabaseCommand<typeof MigrateRollback> {
  static override summary = "Go back to an earlier version";
  static override description = [
    "All migrations, their history rows and the record of it are one transaction: a failure leaves everything as it was.",
    "A safe rollback asks once; --yes answers. One that loses data, or cannot be judged, shows what it costs and wants the word yes; without a terminal it needs --force --yes.",
  ].join("\n\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %> 20260108_120000",
    "<%= config.bin %> <%= command.id %> base --dry-run",
    "<%= config.bin %> <%= command.id %> 20260108_120000 --branch 20260110_090000",
    "<%= config.bin %> <%= command.id %> 20260108_120000 --rehearse",
    "<%= config.bin %> <%= command.id %> 20260108_120000 --backup before",
    "<%= config.bin %> <%= command.id %> --plan plan.json --force --yes",
  ];
  static override args = {
    version: Args.string({ description: "An applied version, or base; a plan knows its own" }),
  };
  static override flags = {
    force: Flags.boolean({ summary: "Consent to losing data; still asks" }),
    yes: Flags.boolean({ char: "y", summary: "Do not ask" }),
    "accept-difference": Flags.boolean({
      summary: "Accept that what it touches is not, or will not be, as a snapshot has it",
    }),
    "dry-run": Flags.boolean({ summary: "Only say what would be done" }),
    plan: Flags.string({
      summary: "Carry out this plan as it stands, once, and refuse if what it rests on has changed",
      helpValue: "<file>",
    }),
    branch: Flags.string({ ...branchOptions, exclusive: ["plan"] }),
    rehearse: rehearseFlag,
    preserve: Flags.boolean({ ...preserveOptions, exclusive: ["plan"] }),
    backup: Flags.string({
      summary: "First write what it takes to files in this new or empty folder",
      helpValue: "<folder>",
    }),
    "keep-for": Flags.string({ ...keepForOptions, exclusive: ["plan"] }),
    "batch-above": Flags.integer({ ...batchAboveOptions, exclusive: ["plan"] }),
    "row-budget": Flags.integer({ ...rowBudgetOptions, exclusive: ["plan"] }),
    "allow-changed": allowChangedFlag,
    "lock-timeout": lockTimeoutFlag,
    "from-database": fromDatabaseFlag,
    "from-snapshots": Flags.boolean({ ...fromSnapshotsOptions, exclusive: ["plan"] }),
  };

  async run(): Promise<void> {
    const { executeRollback, rehearsalFailed, rehearseRollback } = await import("surql/executor");
    const { plan, migrations } = await this.#plan();
    const database = await this.database();
    const acceptDifference = this.flags["accept-difference"];
    const options = { ...this.runOptions(), acceptDifference, migrations };
    // Refuses what cannot be done at all before anybody is asked.
    const checked = await executeRollback(database, plan, {
      migrations,
      dryRun: true,
      force: true,
      acceptDifference: this.flags["accept-difference"] || this.flags["dry-run"],
    });
    if (this.flags.plan !== undefined && this.flags.rehearse) {
      const rehearsal = await rehearseRollback(database, plan, options);
      if (rehearsal.failure !== undefined) throw rehearsalFailed(plan.toVersion, rehearsal.failure);
    }
    if (this.flags["dry-run"]) return this.#show({ ...checked, dryRun: true });
    const backup = plan.migrationCount === 0 ? undefined : await this.#backupFolder();
    const force = plan.migrationCount === 0 || (await this.#approve(plan));
    return this.#show(await executeRollback(database, plan, { ...options, force, backup }));
  }

  async #backupFolder(): Promise<BackupFolder | undefined> {
    const path = this.flags.backup;
    if (path === undefined) return undefined;
    const { createBackupFolder } = await import("../../record-files.ts");
    return createBackupFolder(path);
  }

  async #plan(): Promise<PlannedRun> {
    const { version } = this.args;
    const file = this.flags.plan;
    if (file !== undefined) return this.#planFrom(file, version);
    if (version === undefined) {
      throw invalidUsage("Neither a version to go back to nor a plan is given.", [
        "Name an applied version (surql migrate status) or base, or give a plan: --plan plan.json",
      ]);
    }
    const { createRollbackPlan } = await import("surql/executor");
    const migrations = await this.knownMigrations(this.flags["from-database"]);
    const plan = await createRollbackPlan(await this.database(), migrations, version, {
      branch: this.flags.branch,
      allowChanged: this.flags["allow-changed"],
      fromSnapshots: this.flags["from-snapshots"],
      policies: this.settings.policies,
      driftRules: this.settings.driftRules,
      rehearse: this.flags.rehearse,
      rowBudget: this.flags["row-budget"],
      preserve: this.flags.preserve ?? this.settings.preserve,
      keepForMs: this.settings.keepForMs,
      batchAbove: this.flags["batch-above"],
      ...this.runOptions(),
    });
    return { plan, migrations };
  }

  /** Without a secret in its statements, a plan needs no migration files. */
  async #planFrom(file: string, version: string | undefined): Promise<PlannedRun> {
    const { readPlanFile } = await import("../../rollback-plan-file.ts");
    const { lacksSecrets } = await import("surql/executor");
    const plan = await readPlanFile(file, version);
    const migrations = this.knownMigrations(this.flags["from-database"]);
    const found = lacksSecrets(plan) ? migrations : migrations.catch(() => undefined);
    return { plan, migrations: await found };
  }

  async #approve(plan: RollbackPlan): Promise<boolean> {
    const { redactPlan } = await import("surql/executor");
    const { force, yes } = this.flags;
    const { toVersion, requiresApproval: dangerous } = plan;
    const request = {
      what: `Rolling back to ${toVersion}`,
      question: `Roll back to ${toVersion}?`,
      look: `Read what it would do: surql migrate plan-rollback ${toVersion}`,
      dangerous,
      force,
      yes,
      terminal: hasTerminal(),
    };
    const showPlan = (): void =>
      this.output.note(renderRollbackPlan(redactPlan(plan), this.output.noteStyle));
    const approval = decideApproval(request);
    // The executor refuses it then, and knows the issues.
    if (approval === "withheld") return false;
    if (approval === "granted") showPlan();
    else await obtainConsent(request, processPrompts(), showPlan);
    return true;
  }

  #interrupted({ plan, rolledBack }: RollbackResult): SurqlError {
    const done = new Set(rolledBack);
    const left = plan.migrations.map(({ version }) => version).filter((one) => !done.has(one));
    const file = this.flags.plan;
    const what = file === undefined ? plan.toVersion : `--plan ${file}`;
    return rollbackInterrupted(rolledBack, left, `surql migrate rollback ${what}`);
  }

  async #show(result: RollbackResult & { readonly dryRun?: boolean }): Promise<void> {
    const { redactPlan } = await import("surql/executor");
    const document = { ...result, plan: redactPlan(result.plan) };
    const [failure] = result.errors;
    if (failure === undefined) return this.show(document, { table: renderRollbackResult });
    const error =
      result.interrupted === true
        ? this.#interrupted(result)
        : rollbackFailed(failure, failure.message, result.partlyChanged);
    return this.showFinding(document, error, { table: renderRollbackResult });
  }
}

/** A plan, and the migrations that are known. */
interface PlannedRun {
  readonly plan: RollbackPlan;
  readonly migrations: readonly Migration[] | undefined;
}
