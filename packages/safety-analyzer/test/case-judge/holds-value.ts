/** Whether a record holds a value under a path as `INFO` writes it; `NULL` is one. */
export function holdsValue(record: object, path: string): boolean {
  return holds(record, parts(path));
}

function parts(path: string): readonly string[] {
  return [...path.matchAll(/`((?:\\.|[^`\\])*)`|([^.`]+)/g)].map(
    ([, quoted, plain]) => quoted?.replace(/\\(.)/g, "$1") ?? plain!,
  );
}

function holds(value: unknown, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined) return value !== undefined;
  if (typeof value !== "object" || value === null) return false;
  if (part === "*") return Object.values(value).some((one) => holds(one, rest));
  return holds((value as Readonly<Record<string, unknown>>)[part], rest);
}
