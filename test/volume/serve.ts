import { connect } from "@surql/connection";
import { listen } from "../server/listen.ts";

/** A server over a file store in a process of its own: its memory is not ours. It says where it is, and then that it is filled. */
const [store = "mem://", records = "0"] = process.argv.slice(2);
const atOnce = 5000;

const server = await listen({ store });
process.send?.({ url: server.url });
process.once("message", () => void fill());
process.once("disconnect", () => process.exit());

async function fill(): Promise<void> {
  await using db = await connect({ url: server.url, namespace: "test", database: "test" });
  for (let done = 0; done < Number(records); done += atOnce) {
    const range = `${done}..${Math.min(Number(records), done + atOnce)}`;
    await db.query(
      `FOR $i IN ${range} { CREATE type::record('person', $i) SET name = 'Ada Lovelace', age = $i % 100, ` +
        "born = d'1815-12-10T00:00:00.000000001Z', tags = ['a', <string>$i], balance = 1.5dec RETURN NONE }",
    );
  }
  process.send?.({ filled: true });
}
