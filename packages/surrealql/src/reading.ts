/** The kinds of schema object that SurrealQL defines. A statement about a kind that is not among them is an `unknown` touch. */
export type ObjectKind =
  | "access"
  | "analyzer"
  | "api"
  | "bucket"
  | "config"
  | "database"
  | "event"
  | "field"
  | "function"
  | "index"
  | "model"
  | "module"
  | "namespace"
  | "param"
  | "sequence"
  | "table"
  | "user";

/** The object that a statement is about. `table` is there for fields, indexes and events. */
export interface ObjectReference {
  readonly kind: ObjectKind;
  readonly table?: string | undefined;
  /**
   * The bare name: `email_idx`, `fn::greet`, `limit` for `$limit`, `GraphQL` for a CONFIG. Quotes and escapes
   * are resolved. For a field it is its path as `INFO FOR TABLE` spells it, which may stand in a
   * statement as it is: `bio`, `tags.*`, `` `odd-name`.x ``.
   */
  readonly name: string;
  /** Where it lives when that is not the database: `DEFINE USER … ON ROOT`. */
  readonly level?: "root" | "namespace" | undefined;
}

/** The statements that change records. */
export type WriteVerb = "create" | "insert" | "update" | "upsert" | "delete" | "relate";

/**
 * One thing that a statement does. A statement can do several: a block, a loop, a subquery
 * contribute what is inside them, marked `conditional` where it may not run.
 */
export type Touch = { readonly conditional?: boolean | undefined } & (
  | {
      readonly effect: "define";
      readonly object: ObjectReference;
      readonly mode: "plain" | "overwrite" | "if-not-exists";
      /**
       * The clauses in upper case (`TYPE`, `ASSERT`, `PERMISSIONS`, `UNIQUE`, …), each with its text as it was
       * written; flags hold "". A password or a key is among them: redact before you show them.
       */
      readonly clauses: Readonly<Record<string, string>>;
    }
  | { readonly effect: "remove"; readonly object: ObjectReference; readonly ifExists: boolean }
  | {
      readonly effect: "alter";
      readonly object: ObjectReference;
      /** As in a definition; `ALTER … DROP COMMENT` gives `DROP COMMENT`. */
      readonly clauses: Readonly<Record<string, string>>;
    }
  | { readonly effect: "rebuild"; readonly object: ObjectReference }
  | {
      readonly effect: "write";
      readonly verb: WriteVerb;
      /** Tables it writes; `undefined` when they are computed (`UPDATE $target`). */
      readonly tables: readonly string[] | undefined;
      /** `INSERT … ON DUPLICATE KEY UPDATE`, and a `RELATE` that may meet an edge: by its id, or by `OR UPDATE` from 3.3 on. */
      readonly updatesExisting?: boolean | undefined;
    }
  /**
   * A call of a stored function (`fn::x`), of a closure (`$f`), of a script (`function`), of a built-in function
   * that does more than compute (`http::get`, `sequence::nextval`), or of one that is not known.
   */
  | { readonly effect: "call"; readonly name: string }
  /** `BEGIN`, `COMMIT`, `CANCEL`, `USE`, `OPTION`, `ALTER SYSTEM`, `KILL`, `LIVE`, `SLEEP`, …, and a `RETURN` that is not in a closure, write or definition. */
  | { readonly effect: "control"; readonly word: string }
  | { readonly effect: "read" }
  /** It could not be understood; `at` is what stood in the way. */
  | { readonly effect: "unknown"; readonly at: string }
);

/** What a statement says it does, read from its tokens alone. */
export interface StatementReading {
  readonly statement: string;
  readonly touches: readonly Touch[];
}
