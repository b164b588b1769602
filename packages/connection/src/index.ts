export type { ClientConfig, ConnectConfig, ConnectionOptions, ReconnectPolicy } from "./config.ts";
export { connect } from "./connect.ts";
export type {
  Bindings,
  BoundScript,
  Database,
  DatabaseTarget,
  ScriptStatement,
  Transaction,
} from "./database.ts";
export { retry, type Retry, type RetryOptions } from "./retry.ts";
export type { Attempt, Trial } from "./trial.ts";
