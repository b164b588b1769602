/** An object that is the same as before under another name. */
export interface Rename {
  readonly kind: "field" | "table";
  /** Of a field. */
  readonly table?: string | undefined;
  /** Names as a snapshot has them. */
  readonly from: string;
  readonly to: string;
}

/** The same the other way round. */
export function reversed({ kind, table, from, to }: Rename): Rename {
  return { kind, table, from: to, to: from };
}
