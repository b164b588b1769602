import { ownedTables } from "@surql/snapshot";
import type { Statement } from "@surql/surrealql";
import type { PlacedFinding } from "../collect-findings.ts";
import { worstSafety, type RollbackSafety } from "../rollback-issue.ts";
import { isSchemaTouch } from "./change-touch.ts";
import type { RehearsedSegment, SchemaRehearsal } from "./schema-rehearsal.ts";
import { mayReadRecords } from "./depends-on-records.ts";
import { namesIn } from "./touched-tables.ts";

/** What joining says, and where the two do not agree. */
export interface JoinedEvidence {
  readonly findings: readonly PlacedFinding[];
  /** Positions of the segments in which one says what the other does not. */
  readonly disputed: ReadonlySet<number>;
}

/** Findings to be joined. */
export interface EvidenceSources {
  readonly read: readonly PlacedFinding[];
  /** Those that the rules made of what the rehearsal showed. */
  readonly rehearsed: readonly PlacedFinding[];
  /** Those about statements that failed. */
  readonly failures: readonly PlacedFinding[];
  readonly rehearsal: Pick<SchemaRehearsal, "segments" | "unproven" | "omitted" | "ground">;
}

/** Codes of issues that are in the schema alone: where they hold, a difference of schemas shows them. */
const shownBySchema: ReadonlySet<string> = new Set([
  "access_widened",
  "constraint_narrowed",
  "dependency_broken",
  "field_removed",
  "field_type_changed",
  "table_removed",
  "writes_blocked",
  "writes_discarded",
]);

/**
 * Joins what reading and rehearsing say. What both say stands once, with the worse level; what only one of them says
 * stays, and says so. Nothing that reading found is dropped or becomes better. Pure.
 */
export function joinEvidence({
  read,
  rehearsed,
  failures,
  rehearsal,
}: EvidenceSources): JoinedEvidence {
  const { segments } = rehearsal;
  const segmentOf = new Map<Statement | undefined, number>(
    segments.flatMap(({ statements }, at) => statements.map(({ statement }) => [statement, at])),
  );
  const keyOf = ({ finding, statement }: PlacedFinding): string => {
    const { kind, table, name } = finding.object ?? {};
    return JSON.stringify([segmentOf.get(statement), finding.code, kind, table, name]);
  };
  const shown = new Map<string, PlacedFinding[]>();
  for (const one of rehearsed) shown.set(keyOf(one), [...(shown.get(keyOf(one)) ?? []), one]);

  const disputed = new Set<number>();
  const dispute = ({ statement }: PlacedFinding): void => {
    const at = segmentOf.get(statement);
    if (at !== undefined) disputed.add(at);
  };
  const known = new Set<string>();
  const joined = read.map((one): PlacedFinding => {
    const key = keyOf(one);
    known.add(key);
    const found = shown.get(key);
    if (found !== undefined) return { ...worse([one, ...found]), evidence: both };
    const segment = segments[segmentOf.get(one.statement) ?? -1];
    if (!canBeShown(one, segment, rehearsal)) return { ...one, evidence: { reading: true } };
    dispute(one);
    return remarked(one, { reading: true, rehearsal: false }, notShown[rehearsal.ground]);
  });
  const added = rehearsed
    .filter((one) => !known.has(keyOf(one)))
    .map((one) => {
      dispute(one);
      return remarked(one, { reading: false, rehearsal: true }, notRead[rehearsal.ground]);
    });
  const order = new Map<Statement | undefined, number>(
    segments
      .flatMap(({ statements }) => statements)
      .map(({ statement }, position) => [statement, position]),
  );
  const positionOf = ({ statement }: PlacedFinding): number => order.get(statement) ?? -1;
  const findings = [...joined, ...added, ...failures].sort((a, b) => positionOf(a) - positionOf(b));
  return { findings, disputed };
}

const both = { reading: true, rehearsal: true } as const;
const notShown = {
  scratch: "Running the plan in a scratch engine did not show this.",
  live: "Trying the plan in a cancelled transaction did not show this.",
} as const;
const notRead = {
  scratch: "Reading the statement did not tell this; running it in a scratch engine did.",
  live: "Reading the statement did not tell this; trying it in a cancelled transaction did.",
} as const;

/** The finding of reading, with the words of the worse one where that is another. */
function worse(findings: readonly PlacedFinding[]): PlacedFinding {
  const worst: RollbackSafety = worstSafety(findings.map(({ finding }) => finding.safety));
  const [first] = findings;
  const { finding } = findings.find((one) => one.finding.safety === worst) ?? first!;
  return { ...first!, finding };
}

/** Whether a rehearsal would show it if it were so. */
function canBeShown(
  { finding, statement, touch }: PlacedFinding,
  segment: RehearsedSegment | undefined,
  { ground, unproven, omitted }: EvidenceSources["rehearsal"],
): boolean {
  if (statement === undefined || unproven.has(statement)) return false;
  if (finding.object === undefined || touch === undefined || !isSchemaTouch(touch)) return false;
  // Whether it runs may depend on records, and a scratch engine has none, or few.
  const isBare = ground === "scratch" && touch.conditional === true;
  if (isBare && segment?.statements.some((one) => mayReadRecords(one.statement.text))) return false;
  const absent = new Set([...ownedTables, ...omitted.flatMap(namesIn)]);
  const { table, name } = finding.object;
  if (namesIn(table ?? name).some((one) => absent.has(one))) return false;
  // A password, a key or the position of a sequence is in no definition.
  if (finding.code === "state_lost") return touch.effect === "remove";
  return shownBySchema.has(finding.code);
}

function remarked(
  one: PlacedFinding,
  evidence: NonNullable<PlacedFinding["evidence"]>,
  remark: string,
): PlacedFinding {
  const { finding } = one;
  return {
    ...one,
    evidence,
    finding: {
      ...finding,
      tell(answers) {
        const telling = finding.tell(answers);
        return telling && { ...telling, description: `${telling.description} ${remark}` };
      },
    },
  };
}
