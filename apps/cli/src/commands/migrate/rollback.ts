import { Args, Flags } from "@oclif/core";
import { isSurqlError } from "surql/errors";
import type { RollbackPlan, RollbackResult } from "surql/executor";
import { obtainApproval } from "../../approval.ts";
import {
  allowChangedFlag,
  fromDatabaseFlag,
  preserveOptions,
  rehearseFlag,
  rowBudgetOptions,
  lockTimeoutFlag,
} from "../../configuration/flags.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { rollbackFailed } from "../../errors.ts";
import { hasTerminal, processPrompts } from "../../prompt.ts";
import { renderRollbackPlan } from "../../render/rollback-plan.ts";
import { renderRollbackResult } from "../../render/rollback-result.ts";
import type { ApprovedPlan } from "../../rollback-plan-file.ts";

export default class MigrateRollback extends DatabaseCommand<typeof MigrateRollback> {
  static override summary = "Go back to an earlier version";
  static override description = [
    "All migrations, their history rows and the record of it are one transaction: a failure leaves everything as it was.",
    "A safe rollback asks once; --yes answers. One that loses data, or cannot be judged, shows what it costs and wants the word yes; without a terminal it needs --force --yes.",
  ].join("\n\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %> 20260108_120000",
    "<%= config.bin %> <%= command.id %> base --dry-run",
    "<%= config.bin %> <%= command.id %> 20260108_120000 --rehearse",
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
    rehearse: rehearseFlag,
    preserve: Flags.boolean({ ...preserveOptions, exclusive: ["plan"] }),
    "row-budget": Flags.integer({ ...rowBudgetOptions, exclusive: ["plan"] }),
    "allow-changed": allowChangedFlag,
    "lock-timeout": lockTimeoutFlag,
    "from-database": fromDatabaseFlag,
  };

  async run(): Promise<void> {
    const { executeRollback } = await import("surql/executor");
    const plan = await this.#plan();
    const database = await this.database();
    // Refuses what cannot be done at all before anybody is asked.
    const checked = await executeRollback(database, plan, { dryRun: true, force: true });
    if (this.flags["dry-run"]) return this.#show({ ...checked, dryRun: true });
    const force = plan.migrationCount === 0 || (await this.#approve(plan));
    return this.#show(await executeRollback(database, plan, { ...this.runOptions(), force }));
  }

  async #plan(): Promise<RollbackPlan> {
    const { readApprovedPlan } = await import("../../rollback-plan-file.ts");
    const file = this.flags.plan;
    const { rehearse, "row-budget": rowBudget } = this.flags;
    const preserve = this.flags.preserve ?? this.settings.preserve;
    if (file === undefined) return this.#planAnew({ rehearse, rowBudget, preserve });
    const approved = await readApprovedPlan(file, this.args.version);
    const { fingerprint, rehearsed, ...made } = approved;
    try {
      // A plan that is not the one that was approved has another fingerprint, and is refused as stale.
      const plan = await this.#planAnew({ ...made, rehearse: rehearsed || rehearse });
      return { ...plan, fingerprint };
    } catch (error) {
      throw await staleWithoutTarget(error, this.args.version);
    }
  }

  async #planAnew({ sample, ...options }: PlanRequest): Promise<RollbackPlan> {
    const { createRollbackPlan } = await import("surql/executor");
    const migrations = await this.knownMigrations(this.flags["from-database"]);
    return createRollbackPlan(await this.database(), migrations, this.args.version, {
      allowChanged: this.flags["allow-changed"],
      policies: this.settings.policies,
      ...options,
      scratch: { sample },
      onEvent: this.runOptions().onEvent,
    });
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

/** What the flags, or the file of a plan, say about how to plan. */
interface PlanRequest extends Pick<
  ApprovedPlan,
  "sample" | "rowBudget" | "preserve" | "keepForMs"
> {
  readonly rehearse: boolean;
}

/** When the plan was approved, its target was applied. */
async function staleWithoutTarget(error: unknown, target: string): Promise<unknown> {
  const gone = ["EXECUTOR.TARGET_NOT_APPLIED", "EXECUTOR.UNKNOWN_VERSION"];
  if (!isSurqlError(error) || !gone.includes(error.code)) return error;
  const { stalePlan } = await import("surql/executor");
  return stalePlan(error.message, target);
}
