import { judgeCases } from "../judge-cases.ts";

const live = "DEFINE TABLE user; CREATE user:1 SET age = 1; CREATE user:2;";

judgeCases("a new definition over values that were stored without one", [
  {
    name: "is computed",
    live,
    down: "DEFINE FIELD age ON user COMPUTED 4;",
    issues: ["data_loss records_changed user.age 1"],
    byDataAlone: true,
  },
  {
    name: "has a VALUE",
    live,
    down: "define field age on user value 4;",
    issues: ["data_loss records_changed user.age 1"],
    byDataAlone: true,
  },
  {
    name: "is READONLY",
    live,
    down: "DEFINE FIELD age ON user READONLY;",
    issues: ["data_loss writes_blocked user.age 2"],
    byDataAlone: true,
  },
  {
    name: "is no issue where nothing is stored",
    live,
    down: "DEFINE FIELD bio ON user COMPUTED 4; DEFINE FIELD rank ON user VALUE 4; DEFINE FIELD kind ON user READONLY;",
    issues: [],
  },
]);
