/** One attribute that differs, such as `type` of a field. */
export interface AttributeChange {
  /** Lower case: `type`, `default`, `assert`, `permissions`, `unique`, … */
  readonly attribute: string;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** One object that differs between two snapshots. */
export interface SchemaChange {
  readonly change: "added" | "removed" | "modified";
  /** `table`, `edge`, `field`, `index`, `event`, `function`, `param`, … */
  readonly kind: string;
  /** The table that it belongs to, for fields, indexes and events. */
  readonly table?: string | undefined;
  readonly name: string;
  /** `user`, `user.bio`, `user.email_idx`, `fn::greet`, `$limit`. */
  readonly path: string;
  /** Canonical definition in the first snapshot. */
  readonly before?: string | undefined;
  /** Canonical definition in the second snapshot. */
  readonly after?: string | undefined;
  /** For `modified`: what differs, sorted by attribute. */
  readonly attributes?: readonly AttributeChange[] | undefined;
}

/** What turns one schema into another, sorted by path. */
export interface SchemaDifference {
  readonly from: string;
  readonly to: string;
  readonly identical: boolean;
  readonly changes: readonly SchemaChange[];
}
