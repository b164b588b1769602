import { judgeCases } from "../judge-cases.ts";

const live = "CREATE user:1 SET a = 1; CREATE log:1;";

judgeCases("add-event", [
  {
    name: "one that throws",
    live,
    down: "DEFINE EVENT e ON user WHEN true THEN { THROW 'no' };",
    issues: ["data_loss side_effects user.e -"],
  },
  {
    name: "one that writes",
    live,
    down: "define event e on user then { update log set a = 1 };",
    issues: ["data_loss side_effects user.e -"],
  },
  {
    name: "one that calls what is not there",
    live,
    down: "IF true { DEFINE EVENT e ON user THEN { fn::gone() } };",
    issues: ["data_loss side_effects user.e -"],
  },
  {
    name: "one that throws in a function",
    live: `${live} DEFINE FUNCTION fn::f() { IF true { throw 'no' } };`,
    down: "DEFINE EVENT e ON user THEN { fn::f() };",
    issues: ["data_loss side_effects user.e -"],
  },
  {
    name: "another body",
    live: `${live} DEFINE EVENT e ON user THEN { RETURN 1 };`,
    down: "DEFINE EVENT OVERWRITE e ON user THEN { DELETE log };",
    issues: ["data_loss side_effects user.e -"],
  },
]);

judgeCases("add-event is silent", [
  {
    name: "about one that only reads",
    live,
    down: "DEFINE EVENT e ON user THEN { SELECT * FROM log };",
    issues: [],
  },
  {
    name: "about one that is there already",
    live: `${live} DEFINE EVENT e ON user THEN { DELETE log };`,
    down: "DEFINE EVENT IF NOT EXISTS e ON user THEN { DELETE user }; DEFINE EVENT OVERWRITE e ON user THEN { DELETE log };",
    issues: [],
  },
  {
    name: "about one on a new table",
    live,
    down: "DEFINE TABLE t; DEFINE EVENT e ON t THEN { CREATE log };",
    issues: [],
  },
]);
