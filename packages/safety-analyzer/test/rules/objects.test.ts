import { judgeCases } from "../judge-cases.ts";

const state = `DEFINE USER ada ON DATABASE PASSWORD 'p' ROLES VIEWER;
  DEFINE ACCESS people ON DATABASE TYPE RECORD WITH JWT ALGORITHM HS512 KEY 'k';
  DEFINE PARAM $limit VALUE 10; DEFINE SEQUENCE seq; DEFINE API "/x" FOR get THEN { RETURN 1 };
  DEFINE CONFIG GRAPHQL AUTO;`;

judgeCases("lose-state", [
  {
    name: "removed",
    live: state,
    down: 'REMOVE USER ada ON DATABASE; REMOVE ACCESS people ON DATABASE; REMOVE PARAM $limit; REMOVE SEQUENCE seq; REMOVE API "/x";',
    issues: [
      "data_loss state_lost ada -",
      "data_loss state_lost people -",
      "data_loss state_lost limit -",
      "data_loss state_lost seq -",
      "data_loss state_lost /x -",
    ],
  },
  {
    name: "removed, in other spellings",
    live: state,
    down: "remove user if exists `ada` on db; remove param if exists $limit;",
    issues: ["data_loss state_lost ada -", "data_loss state_lost limit -"],
  },
  {
    name: "redefined",
    live: state,
    down: "DEFINE ACCESS OVERWRITE people ON DATABASE TYPE RECORD; DEFINE SEQUENCE OVERWRITE seq START 5; DEFINE PARAM OVERWRITE $limit VALUE 3; DEFINE CONFIG OVERWRITE GRAPHQL NONE;",
    issues: [
      "data_loss state_lost people -",
      "data_loss state_lost seq -",
      "data_loss state_lost limit -",
      "data_loss state_lost GraphQL -",
    ],
  },
  {
    name: "altered",
    live: state,
    down: "alter sequence seq timeout 1s;",
    issues: ["data_loss state_lost seq -"],
  },
  {
    name: "is silent about new ones, kept ones, missing ones and those of the plan",
    live: state,
    down: [
      "DEFINE PARAM $x VALUE 1; DEFINE PARAM IF NOT EXISTS $limit VALUE 9; REMOVE PARAM IF EXISTS $y;",
      "DEFINE PARAM OVERWRITE $x VALUE 2; REMOVE PARAM $x;",
    ],
    issues: [],
  },
]);

const code = `DEFINE FUNCTION fn::slug($s: string) { RETURN string::slug($s) };
  DEFINE FUNCTION fn::idle() { RETURN 1 };
  DEFINE ANALYZER words TOKENIZERS blank;
  DEFINE TABLE post; DEFINE FIELD slug ON post VALUE fn::slug($this.title);
  DEFINE EVENT log ON post THEN { CREATE entry };
  DEFINE INDEX title_idx ON post FIELDS title FULLTEXT ANALYZER words BM25;`;

judgeCases("break-dependency", [
  {
    name: "a function that a field uses",
    live: code,
    down: "REMOVE FUNCTION fn::slug;",
    issues: ["data_loss dependency_broken fn::slug -"],
  },
  {
    name: "an analyzer that an index uses, and a function with brackets",
    live: code,
    down: "remove analyzer words; remove function if exists fn::slug();",
    issues: ["data_loss dependency_broken words -", "data_loss dependency_broken fn::slug -"],
  },
  {
    name: "a function that another function uses",
    live: "DEFINE FUNCTION fn::a() { RETURN 1 }; DEFINE FUNCTION fn::b() { RETURN fn::a() };",
    down: "REMOVE FUNCTION fn::a;",
    issues: ["data_loss dependency_broken fn::a -"],
  },
  {
    name: "is silent when nothing uses it",
    live: code,
    down: "REMOVE FUNCTION fn::idle; REMOVE EVENT log ON post;",
    issues: [],
  },
  {
    name: "is silent when the users go too",
    live: code,
    down: "REMOVE FUNCTION fn::slug; REMOVE FIELD slug ON post; REMOVE ANALYZER words; REMOVE INDEX title_idx ON post;",
    issues: ["data_loss field_removed post.slug 0"],
  },
  {
    name: "is silent when it is defined again",
    live: code,
    down: "REMOVE FUNCTION fn::slug; DEFINE FUNCTION fn::slug($s: string) { RETURN $s };",
    issues: [],
  },
  {
    name: "names that only begin alike are others",
    live: "DEFINE FUNCTION fn::a() { RETURN 1 }; DEFINE FUNCTION fn::a::b() { RETURN 1 }; DEFINE FUNCTION fn::c() { RETURN fn::a::b() + 'fn::a' };",
    down: "REMOVE FUNCTION fn::a;",
    issues: [],
  },
]);

judgeCases("side-effects", [
  {
    name: "a stored function that only computes",
    live: code,
    down: "fn::slug('x');",
    issues: ["data_loss side_effects fn::slug -"],
  },
  {
    name: "a stored function that deletes",
    live: "DEFINE FUNCTION fn::clear() { DELETE user };",
    down: "LET $x = fn::clear();",
    issues: ["unsafe side_effects fn::clear -"],
  },
  {
    name: "a function behind a function",
    live: "DEFINE FUNCTION fn::a() { REMOVE TABLE user }; DEFINE FUNCTION fn::b() { fn::a() };",
    down: "fn::b();",
    issues: ["unsafe side_effects fn::b -"],
  },
  {
    name: "a function that is not there",
    down: "fn::ghost();",
    issues: ["unsafe side_effects fn::ghost -"],
  },
  {
    name: "functions that reach outside",
    down: "http::post('http://localhost/x', {}); LET $y = HTTP::get('http://localhost');",
    issues: ["unsafe side_effects http::post -", "unsafe side_effects http::get -"],
  },
  {
    name: "an event that a write sets off",
    live: code,
    down: "CREATE post:1;",
    issues: ["data_loss side_effects post.log -"],
  },
  {
    name: "an event that reaches outside",
    live: "DEFINE TABLE user; DEFINE EVENT hook ON user WHEN $event = 'DELETE' THEN (CREATE entry), (http::get('http://localhost'));",
    down: "CREATE user:1;",
    issues: ["unsafe side_effects user.hook -"],
  },
  {
    name: "an event and a function that the plan itself defines",
    live: "DEFINE FUNCTION fn::a() { RETURN 1 };",
    down: "DEFINE FUNCTION OVERWRITE fn::a() { http::get('http://localhost') }; DEFINE EVENT e ON t THEN { fn::a() }; CREATE t:1;",
    issues: ["unsafe side_effects t.e -"],
  },
  {
    name: "an event that the plan may define",
    down: "IF true { DEFINE EVENT e ON t THEN { DELETE t } }; CREATE t:1;",
    issues: ["unsafe side_effects t.e -"],
  },
  {
    name: "is silent about events that went before, of other tables, and about what is only stored",
    live: code,
    down: "REMOVE EVENT log ON post; CREATE post:1; CREATE other:1; DEFINE FUNCTION fn::new() { http::get('http://localhost') };",
    issues: [],
  },
]);
