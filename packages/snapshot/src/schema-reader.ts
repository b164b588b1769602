import type { Bindings, DatabaseTarget } from "@surql/connection";

/** Where a schema can be read from: a `Database`, or a `Transaction` that is open on one. */
export interface SchemaReader {
  query(sql: string, bindings?: Bindings): Promise<readonly unknown[]>;
  readonly target?: Pick<DatabaseTarget, "engineVersion"> | undefined;
}
