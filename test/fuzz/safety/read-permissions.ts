/** `true` for everybody, `false` for nobody, else the condition. */
export type Permission = boolean | string;

/** Adds what `INFO … STRUCTURE` tells about the permissions of one object, by action where it has actions. */
export function readPermissions(
  object: string,
  found: unknown,
  into: Map<string, Permission>,
): void {
  if (typeof found === "boolean" || typeof found === "string") into.set(object, found);
  else if (typeof found === "object" && found !== null) {
    for (const [action, rule] of Object.entries(found)) {
      readPermissions(`${object} for ${action}`, rule, into);
    }
  }
}

/** Whether somebody may do what was refused before, or was allowed under another condition. */
export function isWider(before: Permission, after: Permission): boolean {
  return before !== true && after !== false && before !== after;
}
