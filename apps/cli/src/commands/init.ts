import { Flags } from "@oclif/core";
import { BaseCommand } from "../base-command.ts";
import { directoryFlag } from "../configuration/flags.ts";
import { configFileTypes, initializeProject } from "../initialize-project.ts";
import { renderInit } from "../render/init.ts";

export default class Init extends BaseCommand<typeof Init> {
  static override summary = "Set up a project: a configuration file and a directory of migrations";
  static override description = "Never overwrites: what is there already is kept and said.";
  static override examples = [
    "<%= config.bin %> <%= command.id %>",
    "<%= config.bin %> <%= command.id %> --type ts --url ws://localhost:8000",
  ];
  static override flags = {
    type: Flags.option({ options: configFileTypes })({
      summary: "Type of the configuration file",
      default: "json",
    }),
    url: Flags.string({ summary: "URL of the database", helpValue: "<url>" }),
    namespace: Flags.string({ summary: "Namespace", default: "development" }),
    database: Flags.string({ summary: "Database", default: "main" }),
    directory: directoryFlag,
  };

  async run(): Promise<void> {
    const { type, url, namespace, database, directory } = this.flags;
    const result = await initializeProject(process.cwd(), type, {
      url,
      namespace,
      database,
      directory,
    });
    await this.show(result, { table: renderInit });
  }
}
