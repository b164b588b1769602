import { judgeCases } from "../judge-cases.ts";

const stored = `DEFINE FUNCTION fn::low() { RETURN 0 }; DEFINE FUNCTION fn::least() { RETURN fn::low() };
  DEFINE PARAM $most VALUE 9; DEFINE TABLE user PERMISSIONS FOR select WHERE age > fn::least();
  DEFINE FIELD age ON user TYPE int ASSERT $value > fn::least() AND $value < $most;
  DEFINE FIELD rank ON user VALUE fn::low(); CREATE user:1 SET age = 1; CREATE user:2 SET age = 5;`;

judgeCases("replace-code", [
  {
    name: "a function, and what uses it by way of another one",
    live: stored,
    down: "DEFINE FUNCTION OVERWRITE fn::low() { RETURN 3 };",
    issues: [
      // The other record cannot be written then.
      "data_loss records_changed user.rank 1",
      "data_loss access_widened user -",
      "data_loss constraint_narrowed user.age 1",
    ],
    byDataAlone: true,
  },
  {
    name: "a parameter",
    live: stored,
    down: "DEFINE PARAM OVERWRITE $most VALUE 4;",
    issues: ["data_loss constraint_narrowed user.age 1", "data_loss state_lost most -"],
  },
  {
    name: "the same content in other words",
    live: stored,
    down: "define function overwrite fn::low() {\n  RETURN 0 -- nothing\n};",
    issues: [],
  },
  {
    name: "a function that only functions use",
    live: "DEFINE FUNCTION fn::low() { RETURN 0 }; DEFINE FUNCTION fn::least() { RETURN fn::low() };",
    down: "DEFINE FUNCTION OVERWRITE fn::low() { RETURN 3 };",
    issues: [],
  },
  {
    name: "a function that was missing",
    live: "DEFINE TABLE user PERMISSIONS FOR select WHERE fn::may(); CREATE user:1;",
    down: "DEFINE FUNCTION fn::may() { RETURN true };",
    issues: ["data_loss access_widened user -"],
    byDataAlone: true,
  },
  {
    name: "a parameter that was missing",
    live: "DEFINE FIELD age ON user ASSERT $value != $most; CREATE user:1 SET age = 1; CREATE user:2 SET age = 2;",
    down: "DEFINE PARAM $most VALUE 1;",
    issues: ["data_loss constraint_narrowed user.age 1"],
    byDataAlone: true,
  },
  {
    name: "a user that the plan removes",
    live: stored,
    down: "DEFINE FUNCTION OVERWRITE fn::low() { RETURN 3 }; REMOVE TABLE user;",
    issues: ["unsafe table_removed user 2"],
  },
]);
