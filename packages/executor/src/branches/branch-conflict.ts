/** Something in which two branches do not fit together. A plain value. */
export interface BranchConflict {
  /** The heads of the two branches. */
  readonly heads: readonly [string, string];
  /**
   * `order`: the object becomes another one, depending on which branch is applied first. `fails`: a migration of one
   * branch fails behind the other.
   */
  readonly reason: "order" | "fails";
  /** `user.bio`; of one that fails, the version. */
  readonly path: string;
  readonly kind: string;
  readonly table?: string | undefined;
  readonly name: string;
  /** The versions that change it, or that fail. */
  readonly versions: readonly string[];
  /** In sentences. */
  readonly description: string;
}

/** How branches fit together. */
export interface BranchComparison {
  readonly conflicts: readonly BranchConflict[];
  /** What was not to be found out, or cannot be seen without records: in sentences. */
  readonly notes: readonly string[];
}
