import { judgeCases } from "../judge-cases.ts";

const field = (definition: string): string =>
  `DEFINE TABLE user; DEFINE FIELD age ON user ${definition}; CREATE user:1 SET age = 1; CREATE user:2 SET age = 2;`;

judgeCases("redefine-field-type", [
  {
    name: "a type that a computed value does not fit",
    live: "DEFINE TABLE likes; DEFINE FIELD tags ON likes COMPUTED 4; CREATE likes:1;",
    down: "ALTER FIELD tags ON likes TYPE bool;",
    issues: ["data_loss field_type_changed likes.tags <=1"],
  },
  {
    name: "another type",
    live: field("TYPE int"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE string;",
    issues: ["data_loss field_type_changed user.age 2"],
  },
  {
    name: "by ALTER, in lower case",
    live: field("TYPE option<int>"),
    down: "alter field `age` on table user type option<datetime>;",
    issues: ["data_loss field_type_changed user.age 2"],
  },
  {
    name: "optional becomes required",
    live: field("TYPE option<int>"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int;",
    issues: ["data_loss field_type_changed user.age 0", "data_loss writes_blocked user.age 0"],
  },
  {
    name: "a type where there was none",
    live: field(""),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE option<int>;",
    issues: ["data_loss field_type_changed user.age 0"],
  },
  {
    name: "removed and defined otherwise: the values are still there",
    live: field("TYPE int"),
    down: ["REMOVE FIELD age ON user;", "DEFINE FIELD age ON user TYPE string;"],
    issues: ["data_loss field_type_changed user.age 2"],
  },
  {
    name: "no values",
    live: "DEFINE TABLE user; DEFINE FIELD age ON user TYPE option<int>;",
    down: "DEFINE FIELD OVERWRITE age ON user TYPE option<string>;",
    issues: ["data_loss field_type_changed user.age 0"],
  },
  {
    name: "twice, back and forth",
    live: field("TYPE int"),
    down: [
      "DEFINE FIELD OVERWRITE age ON user TYPE string;",
      "DEFINE FIELD OVERWRITE age ON user TYPE int;",
    ],
    issues: ["data_loss field_type_changed user.age 0", "data_loss field_type_changed user.age 0"],
  },
  {
    name: "inner types",
    live: "DEFINE TABLE user; DEFINE FIELD tags ON user TYPE array<string | int>; CREATE user:1 SET tags = ['a'];",
    down: "DEFINE FIELD OVERWRITE tags ON user TYPE array<string>;",
    issues: ["data_loss field_type_changed user.tags 0"],
  },
]);

judgeCases("redefine-field-type meets values without a definition", [
  {
    name: "of a SCHEMALESS table",
    live: "CREATE user:1 SET age = 'x'; CREATE user:2;",
    down: "DEFINE FIELD age ON user TYPE option<int>;",
    issues: ["data_loss field_type_changed user.age 1"],
    byDataAlone: true,
  },
  {
    name: "inside of arrays",
    live: "CREATE user:1 SET tags = [1]; CREATE user:2 SET tags = [];",
    down: "define field tags[*] on user type string;",
    issues: ["data_loss field_type_changed user.tags.* 1"],
    byDataAlone: true,
  },
]);

judgeCases("redefine-field-type is silent", [
  {
    name: "about the same type in another spelling",
    live: field("TYPE option<int | string>"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE string|int|none;",
    issues: [],
  },
  {
    name: "about a wider type",
    live: field("TYPE int"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE option<number>; DEFINE FIELD OVERWRITE age ON user TYPE any; DEFINE FIELD OVERWRITE age ON user;",
    issues: [],
  },
  {
    name: "about IF NOT EXISTS of what is there",
    live: field("TYPE int"),
    down: "DEFINE FIELD IF NOT EXISTS age ON user TYPE string;",
    issues: [],
  },
  {
    name: "about a new optional field",
    live: field("TYPE int"),
    down: "DEFINE FIELD bio ON user TYPE option<string>; DEFINE FIELD any ON user;",
    issues: [],
  },
  {
    name: "about tables without records from before",
    down: "DEFINE TABLE t SCHEMAFULL; DEFINE FIELD a ON t TYPE int ASSERT $value > 1 READONLY; DEFINE FIELD OVERWRITE a ON t TYPE string;",
    issues: [],
  },
  {
    name: "about a comment only",
    live: field("TYPE int DEFAULT 1"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int DEFAULT 1 COMMENT 'TYPE string';",
    issues: [],
  },
]);

judgeCases("narrow-constraint", [
  {
    name: "a new assertion",
    live: field("TYPE int"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int ASSERT $value > 1;",
    issues: ["data_loss constraint_narrowed user.age 1"],
  },
  {
    name: "another assertion, by ALTER",
    live: field("TYPE int ASSERT $value > 0"),
    down: "alter field age on user assert $value > 1;",
    issues: ["data_loss constraint_narrowed user.age 1"],
  },
  {
    name: "on a new optional field over values from before",
    live: "DEFINE TABLE user; CREATE user:1 SET age = 1;",
    down: "DEFINE FIELD age ON user TYPE option<int> ASSERT $value > 1;",
    issues: ["data_loss constraint_narrowed user.age 1"],
  },
]);

judgeCases("narrow-constraint is silent", [
  {
    name: "about the same assertion",
    live: field("TYPE int ASSERT $value > 0"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int ASSERT $value>0 /* same */;",
    issues: [],
  },
  {
    name: "about one that goes",
    live: field("TYPE int ASSERT $value > 0"),
    down: "ALTER FIELD age ON user DROP ASSERT;",
    issues: [],
  },
  {
    name: "about a new optional field without values",
    live: field("TYPE int"),
    down: "DEFINE FIELD bio ON user TYPE option<string> ASSERT $value != '';",
    issues: [],
  },
]);

judgeCases("require-value", [
  {
    name: "a new required field",
    live: "DEFINE TABLE user; CREATE user:1 SET age = 1; CREATE user:2;",
    down: "DEFINE FIELD age ON user TYPE int;",
    issues: ["data_loss writes_blocked user.age 1"],
  },
  {
    name: "a default does not fill it",
    live: "DEFINE TABLE user; CREATE user:1;",
    down: "define field age on user type int default 3;",
    issues: ["data_loss writes_blocked user.age 1"],
  },
  {
    name: "an optional field becomes required",
    live: "DEFINE TABLE user; DEFINE FIELD age ON user TYPE option<int>; CREATE user:1;",
    down: "ALTER FIELD age ON user TYPE int;",
    issues: ["data_loss field_type_changed user.age 0", "data_loss writes_blocked user.age 1"],
  },
]);

judgeCases("require-value is silent", [
  {
    name: "about DEFAULT ALWAYS",
    live: field("TYPE int"),
    down: "DEFINE FIELD rank ON user TYPE int DEFAULT ALWAYS 1;",
    issues: [],
  },
  {
    name: "about a computed field",
    live: field("TYPE int"),
    down: "DEFINE FIELD rank ON user COMPUTED 1;",
    issues: [],
  },
  {
    name: "about what arrays hold",
    live: field("TYPE int"),
    down: "DEFINE FIELD tags ON user TYPE option<array>; DEFINE FIELD tags.* ON user TYPE string;",
    issues: [],
  },
]);

judgeCases("freeze-field", [
  {
    name: "READONLY",
    live: field("TYPE int"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int READONLY;",
    issues: ["data_loss writes_blocked user.age 2"],
  },
  {
    name: "READONLY by ALTER",
    live: field("TYPE int"),
    down: "alter field age on user readonly;",
    issues: ["data_loss writes_blocked user.age 2"],
  },
  {
    name: "is silent when it was or no longer is",
    live: field("TYPE int READONLY"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int READONLY; ALTER FIELD age ON user DROP READONLY;",
    issues: [],
  },
]);

judgeCases("replace-values", [
  {
    name: "another VALUE",
    live: field("TYPE int VALUE $value"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int VALUE 7;",
    issues: ["data_loss records_changed user.age 2"],
  },
  {
    name: "COMPUTED in place of stored values",
    live: field("TYPE int"),
    down: "define field overwrite age on user computed 7;",
    issues: ["data_loss records_changed user.age 2"],
  },
  {
    name: "is silent about the same VALUE",
    live: field("TYPE int VALUE $value + 1"),
    down: "DEFINE FIELD OVERWRITE age ON user TYPE int VALUE $value+1;",
    issues: [],
  },
]);
