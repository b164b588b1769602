/**
 * What keeps a value from being a schema: every problem with where it is, at most {@link limit} of them.
 * A value without problems is a `Schema`.
 */
export function schemaProblems(value: unknown): readonly string[] {
  if (!isObject(value)) return ["the schema is not an object"];
  const problems: string[] = [];
  for (const key of ["tables", "edges"]) {
    eachMember(value[key], key, problems, (table, at) => {
      if (!isObject(table)) return problems.push(`${at} is not an object`);
      expectText(table["definition"], `${at}.definition`, problems);
      if (table["unreadable"] !== undefined)
        expectText(table["unreadable"], `${at}.unreadable`, problems);
      for (const kind of ["fields", "indexes", "events"])
        definitions(table[kind], `${at}.${kind}`, problems);
      if (table["other"] !== undefined) kinds(table["other"], `${at}.other`, problems);
      return undefined;
    });
  }
  kinds(value["objects"], "objects", problems);
  return problems.length > limit ? [...problems.slice(0, limit), "and more"] : problems;
}

const limit = 10;

function kinds(value: unknown, at: string, problems: string[]): void {
  eachMember(value, at, problems, (kind, where) => definitions(kind, where, problems));
}

function definitions(value: unknown, at: string, problems: string[]): void {
  eachMember(value, at, problems, (text, where) => expectText(text, where, problems));
}

function eachMember(
  value: unknown,
  at: string,
  problems: string[],
  visit: (member: unknown, at: string) => unknown,
): void {
  if (!isObject(value))
    problems.push(`${at} is ${value === undefined ? "missing" : "not an object"}`);
  else for (const [name, member] of Object.entries(value)) visit(member, `${at}.${name}`);
}

function expectText(value: unknown, at: string, problems: string[]): void {
  if (typeof value !== "string")
    problems.push(`${at} is ${value === undefined ? "missing" : "not a text"}`);
}

/** Whether a value is an object with keys: no array, not null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
