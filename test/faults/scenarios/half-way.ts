import { applyMigrations, isSurqlError } from "surql";
import type { MigrationScripts, Stage } from "../scenario.ts";
import { textOf, type Looked } from "./one-by-one.ts";

const tables = "(INFO FOR DB).tables";
const indexes = "(INFO FOR TABLE item).indexes";

const done: readonly Looked[] = [
  { text: "DEFINE TABLE made", ran: `${tables}.made != NONE` },
  { text: "DEFINE INDEX n ON item FIELDS n", ran: `${indexes}.n != NONE` },
];
/** The first of these fails until somebody has defined the function. */
const open: readonly Looked[] = [
  { text: "CREATE made:1 SET n = fn::missing()", ran: "record::exists(made:1)" },
  { text: "DEFINE TABLE further", ran: `${tables}.further != NONE` },
  { text: "DEFINE INDEX m ON item FIELDS m", ran: `${indexes}.m != NONE` },
];
const undone: readonly Looked[] = [
  { text: "REMOVE INDEX n ON item", ran: `${indexes}.n = NONE` },
  { text: "REMOVE TABLE made", ran: `${tables}.made = NONE` },
];

/** A migration without a transaction that fails after its second statement. */
export const halfWay: Readonly<Record<string, MigrationScripts>> = {
  "1": {
    up: "DEFINE TABLE item; FOR $n IN 1..=40 { CREATE type::record('item', $n) SET n = $n, m = -$n };",
    down: "REMOVE TABLE item;",
  },
  "2": {
    up: textOf([...done, ...open]),
    down: `REMOVE INDEX m ON item;\nREMOVE TABLE further;\n${textOf(undone)}`,
    transaction: "none",
  },
};

/** What each statement leaves that is still to be run, on the way up and on the way back. */
export const halfWaySteps = {
  up: open.map(({ text }) => text),
  down: undone.map(({ text }) => text),
} as const;

/** Every statement, and how somebody sees that it ran. */
export const halfWayLooked: readonly Looked[] = [...done, ...open, ...undone];

/** `up`, which fails half-way. */
export async function failHalfWay({ db, migrations, options }: Stage): Promise<void> {
  const failure = await applyMigrations(db, migrations, options).catch((error: unknown) => error);
  if (!isSurqlError(failure) || failure.code !== "EXECUTOR.PARTLY_APPLIED") {
    throw new Error(`It was to fail half-way: ${String(failure)}`);
  }
}
