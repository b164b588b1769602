import type { GroundObject } from "@surql/safety-analyzer";
import { redactSecrets } from "@surql/surrealql";
import { sha256 } from "./sha256.ts";

/** An object of the schema, as a plan holds it. */
export interface PlannedObject {
  /** `user`, `user.bio`, `fn::greet`, `$limit`. */
  readonly path: string;
  readonly kind: string;
  readonly table?: string | undefined;
  readonly name: string;
  /** SHA-256 (hexadecimal) of the definition as a snapshot holds it; `null` when there is none. */
  readonly hash: string | null;
  /** The definition, secrets taken out; `null` when there is none. */
  readonly text: string | null;
}

/** Makes an object ready to be kept in a plan. Pure. */
export function plannedObject({
  path,
  kind,
  table,
  name,
  text,
}: Omit<GroundObject, "text"> & { readonly text: string | undefined }): PlannedObject {
  return {
    path,
    kind,
    ...(table !== undefined && { table }),
    name,
    hash: text === undefined ? null : sha256(text),
    text: text === undefined ? null : redactSecrets(text),
  };
}
