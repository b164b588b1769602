import { judgeCases } from "../judge-cases.ts";

const live = `
  DEFINE TABLE user; DEFINE FIELD age ON user TYPE int; CREATE user:1 SET age = 1;
  DEFINE FUNCTION fn::f() { RETURN 1 }; DEFINE FIELD rank ON post TYPE option<int> VALUE fn::f();`;

judgeCases("what may run counts as if it ran", [
  {
    name: "a field that an IF removes",
    live,
    down: "IF true { REMOVE FIELD age ON TABLE user };",
    issues: ["data_loss field_removed user.age 1"],
  },
  {
    name: "a field that a loop removes",
    live,
    down: "for $i in [1] { remove field if exists age on user };",
    issues: ["data_loss field_removed user.age 1"],
  },
  {
    name: "a function that an IF removes",
    live,
    down: "IF true { REMOVE FUNCTION fn::f };",
    issues: ["data_loss dependency_broken fn::f -"],
  },
  {
    name: "a field that an IF removes and the next statement defines, where it is gone",
    live,
    down: "IF true { REMOVE FIELD age ON user }; DEFINE FIELD IF NOT EXISTS age ON user TYPE int;",
    issues: ["data_loss field_removed user.age 1"],
  },
]);
