// Reads the text of a module as JSON on standard input, loads it on workerd, answers with null or with what workerd says.
import { readFileSync } from "node:fs";
import { Log, LogLevel, Miniflare, convertV4MiniflareOptions } from "miniflare";

class Kept extends Log {
  lines = [];
  log(message) {
    this.lines.push(message);
  }
}

const source = JSON.parse(readFileSync(0, "utf8"));
const entry = 'import "./page.mjs"; export default { fetch() { return new Response("loaded"); } };';
const log = new Kept(LogLevel.ERROR);
const miniflare = new Miniflare({
  ...convertV4MiniflareOptions({
    workers: [
      {
        name: "page",
        compatibilityDate: "2026-11-01",
        modules: [
          { type: "ESModule", path: "entry.mjs", contents: entry },
          { type: "ESModule", path: "page.mjs", contents: source },
        ],
      },
    ],
  }),
  host: "127.0.0.1",
  port: 0,
  cf: false,
  log,
  handleStructuredLogs: ({ message }) => log.lines.push(message),
});
let problem = null;
try {
  const answer = await fetch(await miniflare.ready);
  if ((await answer.text()) !== "loaded") problem = "the Worker does not answer";
} catch (error) {
  problem = String(error.message ?? error);
}
// What workerd says itself is enough: miniflare repeats it with what only its developers need.
if (problem !== null && log.lines.length > 0) problem = log.lines.join("\n");
await miniflare.dispose().catch(() => {});
console.log(JSON.stringify(problem));
process.exit(0);
