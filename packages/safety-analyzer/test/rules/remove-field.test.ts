import { judgeCases } from "../judge-cases.ts";

const loose =
  "DEFINE TABLE user; DEFINE FIELD bio ON user TYPE option<string>; CREATE user:1 SET bio = 'a'; CREATE user:2 SET bio = 'b'; CREATE user:3;";
const strict = loose.replace("DEFINE TABLE user", "DEFINE TABLE user SCHEMAFULL");

judgeCases("remove-field", [
  {
    name: "a field with values",
    live: loose,
    down: "REMOVE FIELD bio ON TABLE user;",
    issues: ["data_loss field_removed user.bio 2"],
  },
  {
    name: "lower case, without TABLE, quoted, with comments",
    live: loose,
    down: "remove field if exists /* the */ `bio`\non # the table\n`user`;",
    issues: ["data_loss field_removed user.bio 2"],
  },
  {
    name: "no values",
    live: "DEFINE TABLE user; DEFINE FIELD bio ON user TYPE option<string>; CREATE user:1;",
    down: "REMOVE FIELD bio ON user;",
    issues: ["data_loss field_removed user.bio 0"],
  },
  {
    name: "NULL is a value",
    live: "DEFINE TABLE user; DEFINE FIELD bio ON user TYPE any; CREATE user:1 SET bio = NULL;",
    down: "REMOVE FIELD bio ON user;",
    issues: ["data_loss field_removed user.bio 1"],
  },
  {
    name: "a SCHEMAFULL table keeps the values, and they block writes",
    live: strict,
    down: "REMOVE FIELD bio ON user;",
    issues: ["data_loss field_removed user.bio 2", "data_loss writes_blocked user.bio 2"],
  },
  {
    name: "a SCHEMAFULL table without values blocks nothing",
    live: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD bio ON user TYPE option<string>; CREATE user:1;",
    down: "REMOVE FIELD bio ON user;",
    issues: ["data_loss field_removed user.bio 0"],
  },
  {
    name: "a table that becomes SCHEMALESS blocks nothing",
    live: strict,
    down: "REMOVE FIELD bio ON user; ALTER TABLE user SCHEMALESS;",
    issues: ["data_loss field_removed user.bio 2"],
  },
  {
    name: "the script cleans up behind itself",
    live: strict,
    down: "REMOVE FIELD bio ON user; UPDATE user UNSET bio;",
    issues: ["data_loss field_removed user.bio 2", "data_loss records_changed user 3"],
  },
  {
    name: "the script cleans up before, in two ways",
    live: `${strict} DEFINE FIELD a ON user TYPE option<int>; DEFINE FIELD b ON user TYPE option<int>; UPDATE user SET a = 1;`,
    down: [
      "UPDATE user UNSET bio RETURN NONE; REMOVE FIELD bio ON user;",
      "UPDATE user SET b = IF a { 1 } ELSE { 2 }, a = none; REMOVE FIELD a ON user;",
    ],
    issues: [
      "data_loss records_changed user 3",
      "data_loss field_removed user.bio 2",
      "data_loss records_changed user 3",
      "data_loss field_removed user.a 3",
    ],
  },
  {
    name: "cleaning before does not help when the values come back",
    live: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD a ON user VALUE 1; DEFINE FIELD b ON user; CREATE user:1 SET b = 1;",
    down: "UPDATE user UNSET a, b; REMOVE FIELD a ON user; UPDATE user SET b = 2; REMOVE FIELD b ON user;",
    issues: [
      "data_loss records_changed user 1",
      "data_loss field_removed user.a 1",
      "data_loss writes_blocked user.a <=1",
      "data_loss field_removed user.b 1",
      "data_loss writes_blocked user.b <=1",
    ],
  },
  {
    name: "cleaning only some records does not help",
    live: strict,
    down: "REMOVE FIELD bio ON user; UPDATE user UNSET bio WHERE bio = 'a';",
    issues: [
      "data_loss field_removed user.bio 2",
      "data_loss writes_blocked user.bio 1",
      "data_loss records_changed user 1",
    ],
  },
  {
    name: "nested and quoted paths",
    live: "DEFINE TABLE user; DEFINE FIELD address.city ON user; DEFINE FIELD `first name` ON user; DEFINE FIELD `a.b` ON user; DEFINE FIELD from ON user; CREATE user:1 SET address = { city: 'x' }, `first name` = 'y', `a.b` = 1, from = 2; CREATE user:2 SET address = { street: 'x' }, a = { b: 1 };",
    down: "REMOVE FIELD address.city ON user; REMOVE FIELD `first name` ON user; REMOVE FIELD `a.b` ON user; REMOVE FIELD from ON user;",
    issues: [
      "data_loss field_removed user.address.city 1",
      "data_loss field_removed user.`first name` 1",
      "data_loss field_removed user.`a.b` 1",
      "data_loss field_removed user.from 1",
    ],
  },
  {
    name: "paths with wildcards, in both spellings",
    live: "DEFINE TABLE cart; DEFINE FIELD items ON cart TYPE array<object>; DEFINE FIELD items.*.sku ON cart; CREATE cart:1 SET items = [{ sku: 1 }, {}]; CREATE cart:2 SET items = [{}]; CREATE cart:3 SET items = [];",
    down: "REMOVE FIELD items[*].sku ON cart; REMOVE FIELD items.* ON cart;",
    issues: [
      "data_loss field_removed cart.items.*.sku 1",
      "data_loss field_removed cart.items.* 2",
    ],
  },
  {
    name: "odd paths on a SCHEMAFULL table",
    live: "DEFINE TABLE cart SCHEMAFULL; DEFINE FIELD from ON cart; DEFINE FIELD items ON cart TYPE array<object>; DEFINE FIELD items.*.sku ON cart TYPE int; CREATE cart:1 SET items = [{ sku: 1 }], from = 1;",
    down: "REMOVE FIELD from ON cart; REMOVE FIELD items.*.sku ON cart;",
    issues: [
      "data_loss field_removed cart.from 1",
      "data_loss writes_blocked cart.from 1",
      "data_loss field_removed cart.items.*.sku 1",
      "data_loss writes_blocked cart.items.*.sku 1",
    ],
  },
  {
    name: "a computed field stores nothing",
    live: "DEFINE TABLE user; DEFINE FIELD age ON user COMPUTED 3; CREATE user:1;",
    down: "REMOVE FIELD age ON user;",
    issues: ["data_loss field_removed user.age 0"],
  },
  {
    name: "permissions that hid the values go too",
    live: "DEFINE TABLE user; DEFINE FIELD pin ON user PERMISSIONS FOR select NONE; CREATE user:1 SET pin = 1;",
    down: "REMOVE FIELD pin ON user;",
    issues: ["data_loss field_removed user.pin 1", "data_loss access_widened user.pin 1"],
  },
  {
    name: "a field that is not there: the statement fails",
    live: loose,
    down: "REMOVE FIELD ghost ON user;",
    issues: ["data_loss field_removed user.ghost 0"],
  },
]);

judgeCases("remove-field is silent", [
  {
    name: "in comments and strings",
    live: loose,
    down: "LET $a = 'REMOVE FIELD bio ON user'; -- REMOVE FIELD bio ON user",
    issues: [],
  },
  {
    name: "about a field that is not there",
    live: loose,
    down: "REMOVE FIELD IF EXISTS ghost ON user;",
    issues: [],
  },
  {
    name: "about a field that the plan made before",
    live: strict,
    down: ["DEFINE FIELD age ON user TYPE option<int>;", "REMOVE FIELD age ON user;"],
    issues: [],
  },
  {
    name: "about a field that the plan defines again as it was",
    live: strict,
    down: ["REMOVE FIELD bio ON user;", "DEFINE FIELD bio ON user TYPE option<string>;"],
    issues: [],
  },
  {
    name: "about a field of a table that the plan made",
    down: "DEFINE TABLE t; DEFINE FIELD a ON t; REMOVE FIELD a ON t;",
    issues: [],
  },
]);

judgeCases("remove-field belongs to its table", [
  {
    name: "whose removal comes later",
    live: strict,
    down: ["REMOVE FIELD bio ON user;", "REMOVE TABLE user;"],
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "whose removal came before",
    live: strict,
    down: ["REMOVE TABLE user;", "REMOVE FIELD IF EXISTS bio ON user;"],
    issues: ["unsafe table_removed user 3"],
  },
]);
