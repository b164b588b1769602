import { judgeCases } from "../judge-cases.ts";

const users =
  "DEFINE TABLE user SCHEMALESS PERMISSIONS FOR select WHERE id = $auth.id; CREATE user:1 SET a = 1;";
const permissions = "PERMISSIONS FOR select WHERE id = $auth.id";

judgeCases("narrow-table", [
  {
    name: "SCHEMAFULL",
    live: users,
    down: `DEFINE TABLE OVERWRITE user SCHEMAFULL ${permissions};`,
    issues: ["data_loss writes_blocked user 1"],
  },
  {
    name: "SCHEMAFULL by ALTER",
    live: users,
    down: "alter table user schemafull;",
    issues: ["data_loss writes_blocked user 1"],
  },
  {
    name: "a relation",
    live: users,
    down: `DEFINE TABLE OVERWRITE user TYPE RELATION IN user OUT user ${permissions};`,
    issues: ["data_loss writes_blocked user 1"],
  },
  {
    name: "an empty table",
    live: "DEFINE TABLE user;",
    down: "ALTER TABLE user SCHEMAFULL;",
    issues: ["data_loss writes_blocked user 0"],
  },
  {
    name: "is silent when it was, when it is the other way, and about new tables",
    live: "DEFINE TABLE user SCHEMAFULL;",
    down: "DEFINE TABLE OVERWRITE user SCHEMAFULL; ALTER TABLE user SCHEMALESS; DEFINE TABLE post SCHEMAFULL TYPE RELATION;",
    issues: [],
  },
]);

judgeCases("narrow-table knows relations", [
  {
    name: "fewer tables at the ends",
    live: "DEFINE TABLE likes TYPE RELATION IN user|bot OUT post; RELATE bot:1->likes->post:1;",
    down: "DEFINE TABLE OVERWRITE likes TYPE RELATION FROM user TO post;",
    issues: ["data_loss writes_blocked likes 1"],
  },
  {
    name: "ends where there were none, by ALTER",
    live: "DEFINE TABLE likes TYPE RELATION; RELATE bot:1->likes->post:1;",
    down: "alter table likes type relation in user;",
    issues: ["data_loss writes_blocked likes 1"],
  },
  {
    name: "is silent about the same ends and about more",
    live: "DEFINE TABLE likes TYPE RELATION IN user OUT post; RELATE user:1->likes->post:1;",
    down: "DEFINE TABLE OVERWRITE likes TYPE RELATION FROM user TO post ENFORCED; DEFINE TABLE OVERWRITE likes TYPE RELATION IN user | bot; DEFINE TABLE OVERWRITE likes TYPE RELATION;",
    issues: [],
  },
]);

judgeCases("drop-changefeed", [
  {
    name: "left out",
    live: "DEFINE TABLE user CHANGEFEED 3d;",
    down: "DEFINE TABLE OVERWRITE user;",
    issues: ["data_loss state_lost user -"],
  },
  {
    name: "dropped by ALTER",
    live: "DEFINE TABLE user CHANGEFEED 3d INCLUDE ORIGINAL;",
    down: "alter table user drop changefeed;",
    issues: ["data_loss state_lost user -"],
  },
  {
    name: "is silent when it stays",
    live: "DEFINE TABLE user CHANGEFEED 3d;",
    down: "DEFINE TABLE OVERWRITE user CHANGEFEED 1d;",
    issues: [],
  },
]);

judgeCases("redefine-view", [
  {
    name: "a table becomes a view",
    live: `${users} DEFINE TABLE copy; CREATE copy:1;`,
    down: "DEFINE TABLE OVERWRITE copy AS SELECT id, a FROM user;",
    issues: ["unsafe unknown copy -"],
  },
  {
    name: "a view becomes a table",
    live: `${users} DEFINE TABLE copy AS SELECT id, a FROM user;`,
    down: "DEFINE TABLE OVERWRITE copy;",
    issues: ["unsafe unknown copy -"],
  },
  {
    name: "is silent about a view with another query",
    live: `${users} DEFINE TABLE copy AS SELECT id, a FROM user;`,
    down: "DEFINE TABLE OVERWRITE copy AS SELECT id FROM user;",
    issues: [],
  },
]);

judgeCases("discard-writes", [
  {
    name: "DROP on a table",
    live: users,
    down: `DEFINE TABLE OVERWRITE user DROP ${permissions};`,
    issues: ["unsafe writes_discarded user -"],
  },
  {
    name: "DROP on a new table, in lower case",
    down: "define table audit drop;",
    issues: ["unsafe writes_discarded audit -"],
  },
  {
    name: "is silent when it was",
    live: "DEFINE TABLE audit DROP;",
    down: "DEFINE TABLE OVERWRITE audit DROP; DEFINE TABLE IF NOT EXISTS audit DROP;",
    issues: [],
  },
]);

judgeCases("widen-access", [
  {
    name: "a condition becomes FULL",
    live: users,
    down: "DEFINE TABLE OVERWRITE user PERMISSIONS FULL;",
    issues: ["data_loss access_widened user -"],
  },
  {
    name: "one action more, by ALTER",
    live: users,
    down: "alter table user permissions for select where id = $auth.id for create full;",
    issues: ["data_loss access_widened user -"],
  },
  {
    name: "another condition",
    live: users,
    down: "ALTER TABLE user PERMISSIONS FOR select WHERE true;",
    issues: ["data_loss access_widened user -"],
  },
  {
    name: "a field whose permissions are left out",
    live: "DEFINE TABLE user; DEFINE FIELD pin ON user PERMISSIONS NONE; CREATE user:1;",
    down: "DEFINE FIELD OVERWRITE pin ON user;",
    issues: ["data_loss access_widened user.pin -"],
  },
  {
    name: "a function and a parameter",
    live: "DEFINE FUNCTION fn::f() { RETURN 1 } PERMISSIONS NONE; DEFINE PARAM $p VALUE 1 PERMISSIONS NONE;",
    down: "DEFINE FUNCTION OVERWRITE fn::f() { RETURN 1 }; DEFINE PARAM OVERWRITE $p VALUE 1;",
    issues: [
      "data_loss access_widened fn::f -",
      "data_loss state_lost p -",
      "data_loss access_widened p -",
    ],
  },
  {
    name: "a condition with FOR, brackets and spaces in its strings",
    live: "DEFINE TABLE t PERMISSIONS FOR select WHERE (a = 'FOR create FULL' AND b = { c: '( ' }), FOR update NONE;",
    down: "DEFINE TABLE OVERWRITE t PERMISSIONS FOR select WHERE (a = 'FOR create FULL' AND b = { c: '(  ' });",
    issues: ["data_loss access_widened t -"],
  },
  {
    name: "is silent about the same condition in other quotes",
    live: "DEFINE TABLE t PERMISSIONS FOR select WHERE a = 'x y' FOR update NONE; DEFINE FUNCTION fn::f() { RETURN 1 } PERMISSIONS WHERE $auth.id = 'x';",
    down: 'DEFINE TABLE OVERWRITE t PERMISSIONS FOR select WHERE a="x y"; DEFINE FUNCTION OVERWRITE fn::f() { RETURN 1 } PERMISSIONS WHERE $auth.id="x";',
    issues: [],
  },
  {
    name: "is silent about the same, about less, and about new tables",
    live: users,
    down: `DEFINE TABLE OVERWRITE user ${permissions}; DEFINE TABLE OVERWRITE user; DEFINE TABLE post PERMISSIONS FULL;`,
    issues: [],
  },
]);
