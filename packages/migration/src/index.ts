export type { Migration, MigrationDirection } from "./migration.ts";
