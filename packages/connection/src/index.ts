export type { ConnectConfig } from "./config.ts";
export { connect } from "./connect.ts";
export type {
  Bindings,
  Database,
  DatabaseTarget,
  ScriptStatement,
  Transaction,
} from "./database.ts";
