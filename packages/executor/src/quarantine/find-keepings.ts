import type { ObjectReference } from "@surql/surrealql";
import type { PreparedStatement } from "../run/prepared-statement.ts";
import { fieldSegments } from "./field-segments.ts";
import { findReach, isRemoval, type Reach } from "./find-reach.ts";
import type { Keeping } from "./keeping.ts";
import type { TableFacts } from "./table-facts.ts";

/** An image of a table that is open: its records may change until it is looked at again. */
interface Image {
  readonly keeping: Omit<Keeping, "until">;
  /** The statements that make it SCHEMAFULL. */
  readonly cleaning: PreparedStatement[];
  last: PreparedStatement;
}

/** Names that every record, or every edge, has without a field's being defined. */
const ownNames = new Set(["id", "in", "out"]);

/**
 * Finds what statements lose, in the order in which it has to be kept. Pure.
 *
 * What a `REMOVE` takes is read right before it. For whatever else may write, an image of each table is taken before
 * the first statement of a migration that may write to it, and compared after the last one.
 *
 * @param statements Those of one transaction.
 * @param nextId Makes the id of an entry.
 */
export function findKeepings(
  statements: readonly PreparedStatement[],
  facts: TableFacts,
  nextId: () => string,
): readonly Keeping[] {
  const found: (Keeping | Image)[] = [];
  let open = new Map<string, Image>();
  let migration: string | undefined;
  const closed = new Map<Image, Keeping>();
  const close = (image: Image, at: "before" | "after", statement: PreparedStatement): void => {
    const { keeping, cleaning } = image;
    const planned = facts.plannedFields(keeping.table);
    const fields = fieldsOf(keeping.table, facts).map((name) => ({
      name,
      isPlanned: planned.includes(name),
    }));
    const cleans = cleaning.length > 0 && { cleaning, fields };
    closed.set(image, { ...keeping, ...cleans, until: { at, statement } });
  };
  const closeAll = (): void => {
    for (const image of open.values()) close(image, "after", image.last);
    open = new Map();
  };
  const entry = (
    kind: Keeping["kind"],
    table: string,
    before: PreparedStatement,
    more: Pick<Keeping, "field" | "of"> & { readonly isCertain: boolean },
  ): Keeping => ({
    id: nextId(),
    kind,
    migration: before.migration,
    table,
    computed: facts.computed(table),
    edges: facts.edges(table),
    before,
    ...more,
  });

  for (const statement of statements) {
    if (statement.migration !== migration) closeAll();
    ({ migration } = statement);
    const reach = findReach(statement.touches, facts);
    const filled = becomingFull(statement, facts);
    for (const table of new Set([...reach.tables, ...filled])) {
      const image = open.get(table);
      if (image !== undefined) {
        image.last = statement;
        if (filled.includes(table)) image.cleaning.push(statement);
      } else {
        const keeping = entry("records", table, statement, { isCertain: false });
        const cleaning = filled.includes(table) ? [statement] : [];
        const opened = { keeping, cleaning, last: statement };
        open.set(table, opened);
        found.push(opened);
      }
    }
    for (const { object, isCertain } of removals(statement, reach)) {
      if (object.kind === "table" && !facts.isView(object.name)) {
        const image = open.get(object.name);
        if (image !== undefined && isCertain) {
          close(image, "before", statement);
          open.delete(object.name);
        } else if (image !== undefined) image.last = statement;
        for (const edges of facts.edgeTables(object.name)) {
          found.push(entry("edges", edges, statement, { of: object.name, isCertain }));
        }
        // An image that is still open says itself when its table is gone.
        if (!open.has(object.name))
          found.push(entry("table", object.name, statement, { isCertain }));
      } else if (isStoredField(object, facts)) {
        const more = { field: object.name, isCertain };
        found.push(entry("field", object.table, statement, more));
      }
    }
  }
  closeAll();
  return found.flatMap((one) => ("keeping" in one ? (closed.get(one) ?? []) : [one]));
}

/** Tables that hold whatever was written to them, and will hold what is defined only. */
function becomingFull({ touches }: PreparedStatement, facts: TableFacts): readonly string[] {
  const full = touches.flatMap((touch) =>
    (touch.effect === "define" || touch.effect === "alter") &&
    touch.object.kind === "table" &&
    touch.clauses["SCHEMAFULL"] !== undefined
      ? [touch.object.name]
      : [],
  );
  return facts.tables.filter((table) => full.includes(table) && !facts.isFull(table));
}

function fieldsOf(table: string, facts: TableFacts): readonly string[] {
  return [...new Set(facts.ofTable(table, "field").map(({ object }) => object.name))];
}

function isStoredField(
  object: ObjectReference,
  facts: TableFacts,
): object is ObjectReference & { readonly table: string } {
  const { kind, table, name } = object;
  if (kind !== "field" || table === undefined || facts.isView(table)) return false;
  const { names } = fieldSegments(name);
  return (
    names.length > 0 && !ownNames.has(names.join(".")) && !facts.computed(table).includes(name)
  );
}

/** The tables and fields that a statement removes: for certain when it does nothing else. */
function removals(
  { touches }: PreparedStatement,
  { removed }: Reach,
): readonly { readonly object: ObjectReference; readonly isCertain: boolean }[] {
  const isCertain = touches.length === 1 && touches[0]?.conditional !== true;
  return [...touches.filter(isRemoval).map(({ object }) => object), ...removed].map((object) => ({
    object,
    isCertain,
  }));
}
