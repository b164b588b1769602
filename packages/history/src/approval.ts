/** What was approved by carrying out a plan. */
export interface Approval {
  /** The level of the plan, after the policies. */
  readonly level: string;
  /** The codes of its issues. */
  readonly issues: readonly string[];
  /** What policies decided about them; left out when they decided nothing. */
  readonly policies?: readonly ApprovedPolicy[] | undefined;
  /** Paths of the objects that were accepted not to be as the snapshot of the target has them. */
  readonly differences?: readonly string[] | undefined;
}

/** What a policy made of one issue. */
export interface ApprovedPolicy {
  readonly code: string;
  /** Version of the migration that the issue is about. */
  readonly migration: string;
  readonly object?:
    | { readonly kind: string; readonly table?: string | undefined; readonly name: string }
    | undefined;
  /** The level that the analysis gave. */
  readonly from: string;
  /** The level that the policy gave. */
  readonly to: string;
  readonly reason: string;
  /** Set when it demanded an approval whatever the level. */
  readonly requireApproval?: true | undefined;
}
