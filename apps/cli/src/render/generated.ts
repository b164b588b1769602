import type { MigrationFinding } from "surql/executor";
import type { NotMoved } from "surql/generator";
import type { DifferenceGap } from "surql/snapshot";
import { amount } from "../output/amount.ts";
import { indent } from "../output/indent.ts";
import { section } from "../output/section.ts";
import type { Style } from "../output/style.ts";
import { renderIssues } from "./safety-issues.ts";

/** What no statement can do, and in which script that is missing. */
interface ScriptGap extends DifferenceGap {
  readonly direction: "up" | "down";
}

/** A link or the end of an edge that a script leaves as it is. */
interface NotLed extends NotMoved {
  readonly direction: "up" | "down";
}

/** A migration that was written from a difference, or would be. */
export interface Generated {
  /** What it leads to: `live`, or the path of files. */
  readonly target: string;
  readonly identical: boolean;
  /** `null` where nothing was written. */
  readonly version: string | null;
  readonly path: string | null;
  readonly dependsOn: readonly string[];
  /** Whether the database counts it as applied now. */
  readonly recorded: boolean;
  /** What has another name: its data moves along. */
  readonly renames: readonly { readonly from: string; readonly to: string }[];
  /** What leads to a table that is renamed, or may do so, and is not rewritten. */
  readonly notMoved: readonly NotLed[];
  readonly up: readonly string[];
  readonly down: readonly string[];
  readonly gaps: readonly ScriptGap[];
  readonly issues: readonly MigrationFinding[];
}

/** What was written, what it would lose, and what to do next. */
export function renderGenerated(generated: Generated, style: Style): string {
  const { target, identical, path, up, down, recorded, renames, notMoved, gaps, issues } =
    generated;
  if (identical) return "Nothing differs: there is nothing to write.";
  const scripts = [
    ...section("Up", [scriptOf(up)], style),
    ...section("Down", [scriptOf(down)], style),
  ];
  const lines =
    path === null
      ? ["Dry run, nothing was written. The migration would be:", ...scripts]
      : [
          `${style("green", "created")} ${path}`,
          `${amount(up.length, "statement")} up, ${amount(down.length, "statement")} down.`,
          whatIsNext(target, recorded),
        ];
  const inDirection = (wanted: "up" | "down"): readonly MigrationFinding[] =>
    issues.filter(({ direction }) => direction === wanted);
  return [
    ...lines,
    ...section(
      "Renamed, and the data moves along",
      renames.map(({ from, to }) => `  ${from} → ${to}`),
      style,
    ),
    ...section(
      "Not rewritten: links and edges to look after by hand",
      notMoved.map((one) => `  ${one.direction}: ${one.path} ${one.reason}`),
      style,
    ),
    ...section(
      "What no statement can do (see the comments in the file)",
      gaps.map(renderGap),
      style,
    ),
    ...renderIssues(inDirection("up"), style, "What up would lose"),
    ...renderIssues(inDirection("down"), style, "What down would lose"),
  ].join("\n");
}

function whatIsNext(target: string, recorded: boolean): string {
  if (target !== "live") return "Read it, then run: surql migrate up";
  return recorded
    ? "Recorded as applied, with a snapshot: the database holds the change already."
    : "Not recorded: this database holds the change already, so surql migrate up would fail on it.";
}

function scriptOf(statements: readonly string[]): string {
  if (statements.length === 0) return "  (nothing)";
  return indent(statements.map((text) => `${text};`).join("\n"), 2);
}

const reasons: Readonly<Record<DifferenceGap["reason"], string>> = {
  impossible: "SurrealQL has no statement for it",
  secret: "its secret is in no snapshot, so define it by hand wherever this is applied",
  unreadable: "the engine did not show what belongs to it",
};

function renderGap({ direction, path, change, reason }: ScriptGap): string {
  return `  ${direction}: ${path} is not ${change}: ${reasons[reason]}`;
}
