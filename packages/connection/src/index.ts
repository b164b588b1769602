export type {
  Bindings,
  Database,
  DatabaseTarget,
  ScriptStatement,
  Transaction,
} from "./database.ts";
