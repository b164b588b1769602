import { findRepairs, repairDatabase } from "surql";
import type { MigrationScripts, Stage } from "../scenario.ts";

/** A statement outside of a transaction, and how somebody who looks sees that it ran. */
export interface Looked {
  readonly text: string;
  readonly ran: string;
}

const tables = "(INFO FOR DB).tables";
const indexes = "(INFO FOR TABLE item).indexes";

const up: readonly Looked[] = [
  { text: "DEFINE TABLE item", ran: `${tables}.item != NONE` },
  {
    text: "FOR $n IN 1..=60 { CREATE type::record('item', $n) SET n = $n }",
    ran: "count(SELECT * FROM item) = 60",
  },
  { text: "UPDATE item SET n += 1000", ran: "item:1.n = 1001" },
  { text: "DEFINE INDEX n ON item FIELDS n CONCURRENTLY", ran: `${indexes}.n != NONE` },
  { text: "DEFINE TABLE through", ran: `${tables}.through != NONE` },
];

const down: readonly Looked[] = [
  { text: "REMOVE TABLE through", ran: `${tables}.through = NONE` },
  { text: "REMOVE INDEX n ON item", ran: `${indexes}.n = NONE` },
  { text: "UPDATE item SET n -= 1000", ran: "item:1.n = 1" },
  { text: "DEFINE INDEX old ON item FIELDS n", ran: `${indexes}.old != NONE` },
];

/** Their texts, as a script. */
export const textOf = (statements: readonly Looked[]): string =>
  statements.map(({ text }) => `${text};`).join("\n");

/** A migration without a transaction, no statement of which can be run twice. */
export const oneByOne: Readonly<Record<string, MigrationScripts>> = {
  "1": { up: "DEFINE TABLE other;", down: "REMOVE TABLE other;" },
  "2": { up: textOf(up), down: textOf(down), transaction: "none" },
};

/** What each statement of {@link oneByOne} leaves. */
export const oneByOneSteps = {
  up: up.map(({ text }) => text),
  down: down.map(({ text }) => text),
} as const;

/** What a person does who is told that a statement was begun: looks whether it ran, and says so to `migrate repair`. */
export async function settleByLooking(
  { db, options }: Stage,
  statements: readonly Looked[] = [...up, ...down],
): Promise<void> {
  for (const repair of await findRepairs(db)) {
    if (repair.kind !== "statement") continue;
    const looked = statements.find(({ text }) => text === repair.unsettled?.text);
    const [ran] = await db.query(`RETURN ${looked?.ran}`);
    await repairDatabase(db, { ...options, decision: ran === true ? "done" : "again" });
  }
}
