import type { Scenario } from "./scenario.ts";
import { scenarioNamed, scenarios } from "./scenarios.ts";

/** Fewer points than these are a short run. */
export const shortRun = 500;

/** What a request says about scenarios. */
interface Choice {
  /** Name of the only one. */
  readonly scenario?: string | undefined;
  readonly points?: number | undefined;
}

/** The scenario that a request names, or else all, but for heavy ones in a short run. */
export function chooseScenarios({ scenario, points = Infinity }: Choice): readonly Scenario[] {
  if (scenario !== undefined) return [scenarioNamed(scenario)];
  return scenarios.filter(({ isHeavy }) => points >= shortRun || isHeavy !== true);
}
