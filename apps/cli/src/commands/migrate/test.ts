import { Args, Flags } from "@oclif/core";
import type { ProofEvent, ProofReport } from "surql/proof";
import { DatabaseCommand } from "../../database-command.ts";
import { renderProof } from "../../render/proof.ts";

/** What can be let pass; told here too, so that nothing is loaded to show the help. */
const allowances = ["loses", "irreversible", "unfilled"] as const;

export default class MigrateTest extends DatabaseCommand<typeof MigrateTest> {
  static override summary = "Prove that migrations can be undone, by running them up, down and up";
  static override description = [
    "Each runs in a fresh engine in memory, on the schema before it. The database is not changed, and without --sample none is needed.",
    "Exits with 4 when one loses something, fails, or has no way back.",
  ].join("\n");
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> 20260109_120000 --allow irreversible",
  ];
  static override args = {
    version: Args.string({
      description: "Which to prove; all of them unless given",
      multiple: true,
    }),
  };
  static override flags = {
    allow: Flags.option({ options: allowances, multiple: true })({
      summary:
        "Let this pass: a loss, a missing way back, a table that no record could be made for",
    }),
    record: Flags.boolean({
      summary:
        "Keep what was found in surql.proof.json beside the migrations, for graph and status",
    }),
    sample: Flags.integer({
      summary:
        "Use so many records of each table of the database instead of made ones; it is only read",
      helpValue: "<n>",
      min: 1,
    }),
    seed: Flags.integer({
      summary: "Make the records from this number; 1 unless told",
      helpValue: "<n>",
      min: 0,
    }),
  };

  async run(): Promise<void> {
    const migrations = await this.someMigrations();
    const { findUnproven, notReversible } = await import("surql/proof");
    const report = await this.#prove(migrations);
    if (this.flags.record) {
      const { recordProofs } = await import("../../recorded-proofs.ts");
      const path = await recordProofs(this.settings.directory, report, migrations);
      this.output.note(`Recorded in ${path}`);
    }
    const found = findUnproven(report, this.flags.allow);
    const renderers = { table: renderProof };
    if (found.length === 0) return this.show(report, renderers);
    return this.showFinding(report, notReversible(found), renderers);
  }

  async #prove(migrations: Awaited<ReturnType<typeof this.migrations>>): Promise<ProofReport> {
    const { connect } = await import("surql/connection");
    const { proveMigrations } = await import("surql/proof");
    const { redactSecrets } = await import("surql/surrealql");
    const { namespace, database } = this.settings;
    const limit = this.flags.sample;
    const versions = this.args.version ?? [];
    return proveMigrations(migrations, {
      openScratch: () => connect({ url: "mem://", namespace, database, redact: redactSecrets }),
      versions: versions.length > 0 ? versions : undefined,
      seed: this.flags.seed,
      sample: limit === undefined ? undefined : { from: await this.database(), limit },
      onEvent: (event) => this.#showStep(event),
      signal: this.runOptions().signal,
    });
  }

  #showStep(event: ProofEvent): void {
    if (event.kind !== "proof-started") return;
    const { version, position, total } = event;
    this.output.progress(`Proving ${version} (${position} of ${total})`);
  }
}
