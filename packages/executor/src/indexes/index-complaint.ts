import { quoteIdentifier, quoteString, unquoteIdentifier, type Touch } from "@surql/surrealql";

/** What a statement does to an index. */
export type IndexTouch = Extract<Touch, { readonly object: unknown }> & {
  readonly object: { readonly table: string };
};

/**
 * SurrealQL that fails where defining or building an index would fail before its records are looked at. Pure.
 *
 * @param text The statement.
 * @param isLeftOut Whether an index of that name was to be defined before, and was not.
 */
export function complaintOf(touch: IndexTouch, text: string, isLeftOut: boolean): string {
  const { name } = touch.object;
  if (touch.effect === "define") {
    const complaint = quoteString(`The index '${name}' already exists`);
    const isTaken = isLeftOut ? "true" : isThere(touch);
    const taken = touch.mode === "plain" ? `IF ${isTaken} { THROW ${complaint} };` : "";
    return `${taken}\n${unfitField(touch.object, touch.clauses["FIELDS"] ?? touch.clauses["COLUMNS"] ?? "")}`;
  }
  const complaint = quoteString(`The index '${name}' does not exist`);
  const mayBeMissing = isLeftOut || /^rebuild\s+index\s+if\b/i.test(text);
  return mayBeMissing ? "" : `IF !(${isThere(touch)}) { THROW ${complaint} };`;
}

/**
 * The first name of a column must not be a computed field, and on a SCHEMAFULL table it must be a field, which `id`
 * is not (measured on 3.0.2).
 */
function unfitField({ table, name: index }: IndexTouch["object"], fields: string): string {
  const columns = fields
    .split(",")
    .map((column) => column.trim())
    .flatMap((path) => {
      const [name] = /^(?:`(?:[^`\\]|\\.)*`|⟨(?:[^⟩\\]|\\.)*⟩|\w+)/.exec(path) ?? [];
      if (name === undefined) return [];
      const field = quoteIdentifier(unquoteIdentifier(name));
      return [`[${quoteString(field)}, ${quoteString(field + path.slice(name.length))}]`];
    });
  if (columns.length === 0) return "";
  const told = `INFO FOR TABLE ${quoteIdentifier(table)}`;
  const refused = quoteString(`Computed fields cannot be indexed. Index: '${index}' - Field: '`);
  return [
    `FOR $column IN [${columns.join(", ")}] {`,
    `IF (${told} STRUCTURE).fields[WHERE name = $column[0]][0].computed != NONE`,
    `{ THROW ${refused} + $column[0] + "'" } };`,
    `IF (INFO FOR DB STRUCTURE).tables[WHERE name = ${quoteString(table)}][0].schemafull = true {`,
    `FOR $column IN [${columns.join(", ")}] {`,
    `IF $column[0] NOT IN object::keys((${told}).fields)`,
    `{ THROW "The field '" + $column[1] + "' does not exist" } } };`,
  ].join(" ");
}

/** A condition that holds when the transaction sees such an index. */
export function isThere({ object: { table, name } }: IndexTouch): string {
  return `(INFO FOR TABLE ${quoteIdentifier(table)}).indexes[${quoteString(name)}] != NONE`;
}

/** Code about a table that holds records; `gone` runs instead when the transaction sees no such table. */
export function whereThere(
  { object: { table } }: IndexTouch,
  code: string,
  gone = "RETURN NONE",
): string {
  const isGone = `(INFO FOR DB).tables[${quoteString(table)}] = NONE`;
  return `RETURN {\nIF ${isGone} { ${gone}\n; RETURN NONE };\n${code}\n}`;
}
