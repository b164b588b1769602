import { judgeCases } from "../judge-cases.ts";

const users = "DEFINE TABLE user; CREATE user:1, user:2, user:3;";

judgeCases("remove-table", [
  {
    name: "a table with records",
    live: users,
    down: "REMOVE TABLE user;",
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "an empty table",
    live: "DEFINE TABLE user;",
    down: "REMOVE TABLE user;",
    issues: ["unsafe table_removed user 0"],
  },
  {
    name: "lower case, a short word, comments and a quoted name",
    live: users,
    down: "remove/* all */tb -- gone\n if exists\n\t`user`",
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "in a block",
    live: users,
    down: "{ LET $x = 1; { REMOVE TABLE user } };",
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "in a branch that may not run",
    live: users,
    down: "IF time::now() > d'2020-01-01T00:00:00Z' { REMOVE TABLE ⟨user⟩ };",
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "in a loop and in a subquery",
    live: `${users} DEFINE TABLE post; CREATE post:1;`,
    down: "FOR $i IN [1] { REMOVE TABLE IF EXISTS post; }; LET $y = (REMOVE TABLE user);",
    issues: ["unsafe table_removed post 1", "unsafe table_removed user 3"],
  },
  {
    name: "several in one text",
    live: `${users} DEFINE TABLE post;`,
    down: "REMOVE TABLE user;REMOVE TABLE post",
    issues: ["unsafe table_removed user 3", "unsafe table_removed post 0"],
  },
  {
    name: "odd names",
    live: "DEFINE TABLE `my-table`; CREATE `my-table`:1; DEFINE TABLE `a.b`; DEFINE TABLE ⟨select⟩; DEFINE TABLE `🙂`; CREATE `🙂`:1, `🙂`:2;",
    down: "REMOVE TABLE `my-table`; REMOVE TABLE ⟨a.b⟩; REMOVE TABLE `select`; REMOVE TABLE `🙂`;",
    issues: [
      "unsafe table_removed my-table 1",
      "unsafe table_removed a.b 0",
      "unsafe table_removed select 0",
      "unsafe table_removed 🙂 2",
    ],
  },
  {
    name: "a table of surql's own, which no snapshot shows",
    live: "DEFINE TABLE _migration_history; CREATE _migration_history:1;",
    down: "REMOVE TABLE IF EXISTS _migration_history;",
    issues: ["unsafe table_removed _migration_history 1"],
  },
  {
    name: "a view",
    live: `${users} DEFINE TABLE names AS SELECT id, name FROM user;`,
    down: "REMOVE TABLE names;",
    issues: ["unsafe table_removed names 3"],
  },
  {
    name: "a table that is not there",
    down: "REMOVE TABLE user;",
    issues: ["unsafe table_removed user 0"],
  },
  {
    name: "a relation with its ends is told once each",
    live: `${users} DEFINE TABLE likes TYPE RELATION; RELATE user:1->likes->user:2;`,
    down: ["REMOVE TABLE likes;", "REMOVE TABLE user;"],
    issues: ["unsafe table_removed likes 1", "unsafe table_removed user 3"],
  },
]);

judgeCases("remove-table is silent", [
  {
    name: "in comments",
    live: users,
    down: "-- REMOVE TABLE user\nDEFINE TABLE x; # REMOVE TABLE user\n/* REMOVE TABLE user */ // REMOVE TABLE user",
    issues: [],
  },
  {
    name: "in strings",
    live: users,
    down: "LET $a = 'please REMOVE TABLE user'; LET $b = \"REMOVE TABLE user; REMOVE TABLE user\";",
    issues: [],
  },
  {
    name: "in a regular expression",
    live: users,
    down: "LET $a = /REMOVE TABLE user;/;",
    issues: [],
  },
  {
    name: "in a body that is only stored",
    live: users,
    down: "DEFINE FUNCTION fn::later() { REMOVE TABLE user };",
    issues: [],
  },
  {
    name: "about a table that is not there",
    live: users,
    down: "REMOVE TABLE IF EXISTS ghost;",
    issues: [],
  },
  {
    name: "about a table that the plan made before",
    live: users,
    down: [
      "DEFINE TABLE legacy SCHEMAFULL; DEFINE FIELD a ON legacy TYPE int;",
      "REMOVE TABLE legacy;",
    ],
    issues: [],
  },
  {
    name: "about a table that the plan made by writing to it",
    live: users,
    down: ["CREATE legacy:1;", "REMOVE TABLE legacy;"],
    issues: [],
  },
  {
    name: "when there is nothing but something new",
    live: users,
    down: "DEFINE TABLE post; DEFINE FIELD title ON post TYPE string;",
    issues: [],
  },
]);

judgeCases("remove-table tells a table's life", [
  {
    name: "removed, made again and removed again: the first removal loses the records",
    live: users,
    down: ["REMOVE TABLE user; DEFINE TABLE user;", "REMOVE TABLE user;"],
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "made only if it is not there: it was",
    live: users,
    down: ["DEFINE TABLE IF NOT EXISTS user;", "REMOVE TABLE user;"],
    issues: ["unsafe table_removed user 3"],
  },
  {
    name: "what was done to it before is part of its removal",
    live: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD bio ON user TYPE string; CREATE user:1 SET bio = 'x';",
    down: [
      "REMOVE FIELD bio ON user; UPDATE user SET a = 1; DEFINE FIELD b ON user TYPE int;",
      "DELETE user; REMOVE TABLE user;",
    ],
    issues: ["unsafe table_removed user 1"],
  },
  {
    name: "a removal that may not happen hides nothing",
    live: users,
    down: ["DELETE user;", "IF false { REMOVE TABLE user };"],
    issues: ["unsafe records_deleted user 3", "unsafe table_removed user 3"],
  },
]);
