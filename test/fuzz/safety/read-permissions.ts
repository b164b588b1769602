/** `true` for everybody, `false` for nobody, else the condition. */
export type Permission = boolean | string;

/** The definitions of a database by group, such as `functions`, and name. */
type Definitions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Adds what `INFO … STRUCTURE` tells about the permissions of one object, by action where it has actions. */
export function readPermissions(
  object: string,
  found: unknown,
  into: Map<string, Permission>,
  definitions: Definitions,
): void {
  if (typeof found === "boolean") into.set(object, found);
  else if (typeof found === "string") into.set(object, withWhatItRestsOn(found, definitions));
  else if (typeof found === "object" && found !== null) {
    for (const [action, rule] of Object.entries(found)) {
      readPermissions(`${object} for ${action}`, rule, into, definitions);
    }
  }
}

/** A function or a parameter that is redefined, or defined at last, makes another condition of one that names it. */
function withWhatItRestsOn(
  condition: string,
  { functions = {}, params = {} }: Definitions,
): string {
  const found = new Map<string, string>();
  const follow = (text: string): void => {
    for (const [name] of text.matchAll(/fn::[\w:]+|\$(?:limit)\b/g)) {
      if (found.has(name)) continue;
      const definition = name.startsWith("$")
        ? params[name.slice(1)]
        : functions[name.replace("fn::", "")];
      found.set(name, definition ?? `no ${name}`);
      follow(definition ?? "");
    }
  };
  follow(condition);
  return [condition, ...[...found.values()].map((text) => `[${text}]`)].join(" ");
}

/** Whether somebody may do what was refused before, or was allowed under another condition. */
export function isWider(before: Permission, after: Permission): boolean {
  return before !== true && after !== false && before !== after;
}
