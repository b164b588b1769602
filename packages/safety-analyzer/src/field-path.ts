import { quoteIdentifier } from "@surql/surrealql";

const name = "(?:[A-Za-z_]\\w*|`(?:[^`\\\\]|\\\\[^])*`|⟨[^⟩]*⟩)";
const plainPath = new RegExp(`^${name}(?:\\.(?:${name}|\\*)|\\[(?:\\*|\\d+)\\])*$`);
const leading = new RegExp(`^${name}`);

/**
 * Whether a path can stand in a query of ours: names, wildcards and positions only. Paths come from
 * scripts that are being judged, and nothing of a script must run by that.
 */
export function isPath(path: string): boolean {
  return plainPath.test(path);
}

/** The first name of a path, as it is written: `` `first name`.x `` gives `` `first name` ``. */
export function firstPart(path: string): string {
  return leading.exec(path)?.[0] ?? path;
}

/** A path as `INFO` writes it, made fit for a query, where a bare keyword at its beginning would be taken for one. */
export function quotePath(path: string): string {
  const first = firstPart(path);
  return first.startsWith("`") || first.startsWith("⟨")
    ? path
    : quoteIdentifier(first) + path.slice(first.length);
}
