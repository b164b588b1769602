import { ProjectCommand } from "../../project-command.ts";
import { renderSealed } from "../../render/sealed.ts";

export default class MigrateHash extends ProjectCommand<typeof MigrateHash> {
  static override summary = "Seal the migration files as they are, in surql.sum";
  static override description = [
    "Writes the hash of every file, each chained over the one before. validate and up name every sealed file that was edited, removed or moved since.",
    "A new file is open until up applies it or this seals it. It also accepts what was edited, and resolves a merge conflict in surql.sum.",
  ].join("\n");
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  async run(): Promise<void> {
    const { recordInSum } = await import("surql/migration");
    const sealed = await recordInSum(this.settings.directory, { seal: "all" });
    await this.show(sealed, { table: renderSealed });
  }
}
