import type { MigrationScripts } from "../scenario.ts";

/** People, some of them without an age. */
const people: MigrationScripts = {
  up: `DEFINE TABLE person SCHEMAFULL;
DEFINE FIELD name ON person TYPE string;
DEFINE FIELD age ON person TYPE option<int>;
FOR $n IN 1..=40 { CREATE type::record('person', $n) SET name = <string>$n, age = $n % 7 };`,
  down: "REMOVE TABLE person;",
};

/** An index before its data: one transaction. */
const books: MigrationScripts = {
  up: `DEFINE TABLE book SCHEMAFULL;
DEFINE FIELD title ON book TYPE string;
DEFINE INDEX title ON book FIELDS title UNIQUE;
CREATE book:1 SET title = 'one'; CREATE book:2 SET title = 'two';`,
  down: "REMOVE TABLE book;",
};

/** An index after its data: two transactions each way. */
const ages: MigrationScripts = {
  up: `UPDATE person SET age = age + 100;
DEFINE INDEX age ON person FIELDS age;`,
  down: `REMOVE INDEX age ON person;
UPDATE person SET age = age - 100;
DEFINE INDEX name ON person FIELDS name;`,
};

const wrote: MigrationScripts = {
  up: `DEFINE TABLE wrote TYPE RELATION IN person OUT book SCHEMAFULL;
RELATE person:1->wrote:1->book:1; RELATE person:2->wrote:2->book:2;`,
  down: "REMOVE TABLE wrote;",
};

/** An index with another definition: the engine's own OVERWRITE would lose it when it is undone. */
const titles: MigrationScripts = {
  up: "DEFINE INDEX OVERWRITE title ON book FIELDS title;",
  down: "DEFINE INDEX OVERWRITE title ON book FIELDS title UNIQUE;",
};

/** Migrations of every kind that a transaction holds, by version. */
export const library = { "1": people, "2": books, "3": ages, "4": wrote, "5": titles } as const;

/** What each transaction of {@link library} leaves, from version 2 on. */
export const librarySteps: readonly string[] = [
  books.up,
  "UPDATE person SET age = age + 100;",
  "DEFINE INDEX age ON person FIELDS age;",
  wrote.up,
  "REMOVE INDEX title ON book; DEFINE INDEX title ON book FIELDS title;",
];

/** What each transaction of a rollback to version 1 leaves: an index is built after a change of its data. */
export const libraryBackSteps: readonly string[] = [
  "REMOVE INDEX title ON book; DEFINE INDEX title ON book FIELDS title UNIQUE; REMOVE TABLE wrote; " +
    "REMOVE INDEX age ON person; UPDATE person SET age = age - 100;",
  "DEFINE INDEX name ON person FIELDS name; REMOVE TABLE book;",
];
