import { storedEffects } from "@surql/safety-analyzer";
import type { ObjectReference, Touch } from "@surql/surrealql";
import type { TableFacts } from "./table-facts.ts";

/** What a statement may do to records that are there. */
export interface Reach {
  /** Tables in which it may rewrite or delete records; all where it cannot be told. No views. */
  readonly tables: readonly string[];
  /** Tables and fields that stored code removes when it is set off. */
  readonly removed: readonly ObjectReference[];
}

/**
 * Says what a statement may do to records, with all that it sets off: events, code in fields and functions, edges
 * and references that go with a deleted record. Pure.
 */
export function findReach(touches: readonly Touch[], facts: TableFacts): Reach {
  const written = new Set<string>();
  const removed: ObjectReference[] = [];
  const seen = new Set<string>();
  let anywhere = false;
  const follow = (object: ObjectReference): void => {
    const key = JSON.stringify([object.kind, object.table, object.name]);
    if (seen.has(key)) return;
    seen.add(key);
    for (const clauses of facts.definitions(object)) {
      const effects = storedEffects(object, (one) =>
        one === object ? clauses : facts.definitions(one)[0],
      );
      visit(effects.touches);
      removed.push(...effects.touches.filter(isRemoval).map((touch) => touch.object));
    }
  };
  const reach = (table: string, verb: "delete" | "other"): void => {
    const key = JSON.stringify(["table", verb, table]);
    if (seen.has(key)) return;
    seen.add(key);
    for (const kind of ["event", "field"] as const) {
      for (const { object } of facts.ofTable(table, kind)) follow(object);
    }
    if (verb === "other") return;
    for (const other of [...facts.edgeTables(table), ...referringTables(facts)]) {
      written.add(other);
      reach(other, "delete");
    }
  };
  const visit = (some: readonly Touch[]): void => {
    for (const touch of some) {
      if (touch.effect === "unknown") anywhere = true;
      else if (touch.effect === "call" && /^fn::/i.test(touch.name)) {
        follow({ kind: "function", name: touch.name });
      } else if (touch.effect === "write") {
        if (touch.tables === undefined) anywhere = true;
        for (const table of touch.tables ?? []) {
          if (losesRecords(touch)) written.add(table);
          reach(table, touch.verb === "delete" ? "delete" : "other");
        }
      }
    }
  };
  visit(touches);
  const tables = facts.tables.filter((table) => anywhere || written.has(table));
  return { tables, removed };
}

/** Whether a touch removes a table or a field. */
export function isRemoval(touch: Touch): touch is Touch & { readonly effect: "remove" } {
  return touch.effect === "remove" && ["table", "field"].includes(touch.object.kind);
}

function losesRecords({ verb, updatesExisting }: Touch & { readonly effect: "write" }): boolean {
  return verb === "update" || verb === "upsert" || verb === "delete" || updatesExisting === true;
}

/** Tables whose records may change when a record that they refer to is deleted. */
function referringTables(facts: TableFacts): readonly string[] {
  return facts.tables.filter((table) =>
    facts.ofTable(table, "field").some(({ clauses }) => clauses["REFERENCE"] !== undefined),
  );
}
