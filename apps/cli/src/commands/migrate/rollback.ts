import { Args, Flags } from "@oclif/core";
import type { RollbackPlan, RollbackResult } from "surql/executor";
import { obtainApproval } from "../../approval.ts";
import { allowChangedFlag } from "../../configuration/flags.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { rollbackFailed } from "../../errors.ts";
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
    "<%= config.bin %> <%= command.id %> 20260108_120000 --plan plan.json --force --yes",
  ];
  static override args = {
    version: Args.string({ description: "An applied version, or base", required: true }),
  };
  static override flags = {
    force: Flags.boolean({ summary: "Consent to losing data; still asks" }),
    yes: Flags.boolean({ char: "y", summary: "Do not ask" }),
    "dry-run": Flags.boolean({ summary: "Only say what would be done" }),
    plan: Flags.string({
      summary: "Carry out this plan, and refuse if it no longer fits",
      helpValue: "<file>",
    }),
    "allow-changed": allowChangedFlag,
  };

  async run(): Promise<void> {
    const { executeRollback } = await import("surql/executor");
    const plan = await this.#plan();
    const database = await this.database();
    // Refuses what cannot be done at all before anybody is asked.
    const rehearsed = await executeRollback(database, plan, { dryRun: true, force: true });
    if (this.flags["dry-run"]) return this.#show({ ...rehearsed, dryRun: true });
    const force = plan.migrationCount === 0 || (await this.#approve(plan));
    return this.#show(await executeRollback(database, plan, { ...this.runOptions(), force }));
  }

  async #plan(): Promise<RollbackPlan> {
    const { createRollbackPlan } = await import("surql/executor");
    const { readPlanFingerprint } = await import("../../rollback-plan-file.ts");
    const { version } = this.args;
    const file = this.flags.plan;
    const approved = file === undefined ? undefined : await readPlanFingerprint(file, version);
    const migrations = await this.migrations();
    const plan = await createRollbackPlan(await this.database(), migrations, version, {
      allowChanged: this.flags["allow-changed"],
      policies: this.settings.policies,
    });
    // A plan that is not the one that was approved has another fingerprint, and is refused as stale.
    return approved === undefined ? plan : { ...plan, fingerprint: approved };
  }

  async #approve(plan: RollbackPlan): Promise<boolean> {
    const { redactPlan } = await import("../../rollback-plan-file.ts");
    const { force, yes } = this.flags;
    const request = { dangerous: plan.requiresApproval, force, yes, terminal: hasTerminal() };
    return obtainApproval(plan.toVersion, request, processPrompts(), () =>
      this.output.note(renderRollbackPlan(redactPlan(plan), this.output.noteStyle)),
    );
  }

  async #show(result: RollbackResult & { readonly dryRun?: boolean }): Promise<void> {
    const { redactPlan } = await import("../../rollback-plan-file.ts");
    const document = { ...result, plan: redactPlan(result.plan) };
    const [failure] = result.errors;
    if (failure === undefined) return this.show(document, { table: renderRollbackResult });
    const error = rollbackFailed(failure, failure.message, result.partlyChanged);
    return this.showFinding(document, error, { table: renderRollbackResult });
  }
}
