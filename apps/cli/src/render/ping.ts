import type { DatabaseTarget } from "surql/connection";
import type { Style } from "../output/style.ts";

/** What `db ping` found. */
export interface Ping extends DatabaseTarget {
  /** Milliseconds of one round trip. */
  readonly latencyMs: number;
}

/** The text of a ping. */
export function renderPing(ping: Ping, style: Style): string {
  const store = ping.engine === "embedded" ? `, embedded ${ping.store}` : "";
  return [
    `${style("green", "Connected")} to ${ping.url} in ${ping.latencyMs} ms`,
    `SurrealDB ${ping.engineVersion}${store}, namespace ${ping.namespace}, database ${ping.database}`,
  ].join("\n");
}
