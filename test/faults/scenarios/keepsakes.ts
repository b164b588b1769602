import { applyAll } from "../apply-all.ts";
import type { MigrationScripts, Stage } from "../scenario.ts";

/** Migrations whose undoing takes a field, tables with edges, and what records held. */
export const keepsakes: Readonly<Record<string, MigrationScripts>> = {
  "1": {
    up: `DEFINE TABLE person SCHEMAFULL;
DEFINE FIELD name ON person TYPE string;
DEFINE FIELD age ON person TYPE int;`,
    down: "REMOVE TABLE person;",
  },
  "2": {
    up: "DEFINE FIELD bio ON person TYPE option<string>; DEFINE INDEX bio ON person FIELDS bio;",
    down: "REMOVE INDEX bio ON person; REMOVE FIELD bio ON person;",
  },
  "3": {
    up: "DEFINE TABLE pet; DEFINE TABLE owns TYPE RELATION IN person OUT pet;",
    down: "REMOVE TABLE owns; REMOVE TABLE pet;",
  },
  "4": {
    up: "DEFINE FIELD born ON person TYPE option<datetime>;",
    down: "UPDATE person SET age = 0; REMOVE FIELD born ON person;",
  },
};

const pets = `FOR $n IN 1..=30 {
  CREATE type::record('pet', ['no', $n]) SET legs = 4dec, tags = <set>['a', $n], at = (1.5, 2.5);
  LET $owner = type::record('person', $n);
  LET $pet = type::record('pet', ['no', $n]);
  RELATE $owner->owns->$pet SET id = type::record('owns', $n), since = 3w;
};`;

/** `up`, and then what people write. */
export async function fillKeepsakes(stage: Stage): Promise<void> {
  await applyAll(stage);
  await stage.db.query(
    `FOR $n IN 1..=30 { CREATE type::record('person', $n) SET name = <string>$n, age = $n, ` +
      `bio = 'of ' + <string>$n, born = d'2001-02-03T04:05:06.007Z' }; ${pets}`,
  );
}

/** What applying each of them again, with what was kept, leaves after all but the first were rolled back. */
export const keepsakeSteps: readonly string[] = [
  `${keepsakes["2"]?.up} UPDATE person SET bio = 'of ' + name;`,
  `${keepsakes["3"]?.up} ${pets}`,
  `${keepsakes["4"]?.up} UPDATE person SET age = <int>name, born = d'2001-02-03T04:05:06.007Z';`,
];
