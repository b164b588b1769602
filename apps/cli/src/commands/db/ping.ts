import { DatabaseCommand } from "../../database-command.ts";
import { renderPing } from "../../render/ping.ts";

export default class DbPing extends DatabaseCommand<typeof DbPing> {
  static override summary = "Connect to the database and say what is there";
  static override examples = ["<%= config.bin %> <%= command.id %> --url ws://localhost:8000"];

  async run(): Promise<void> {
    const database = await this.database();
    const started = performance.now();
    await database.query("RETURN true");
    const latencyMs = Math.round((performance.now() - started) * 100) / 100;
    await this.show({ ok: true, ...database.target, latencyMs }, { table: renderPing });
  }
}
