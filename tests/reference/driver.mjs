// Runs Workers on workerd through miniflare's API, driven by one JSON message a line on stdin.
//
//   {"id": 1, "do": "read", "config": "…/wrangler.jsonc", "environment": null}         → {"main": "…/src/entry.py"}
//   {"id": 1, "do": "start", "config": …, "modules": [{"name", "type", "file"}], …}   → {"url": "http://127.0.0.1:…/"}
//   {"id": 2, "do": "scheduled", "worker": 1, "cron": "* * * * *", "time": 0}
//   {"id": 3, "do": "sql", "worker": 1, "binding": "DB", "scripts": ["CREATE TABLE …; …"]}
//   {"id": 4, "do": "stop", "worker": 1}
//
// Each is answered on stdout by {"id", "result"} or {"id", "error"}. What a Worker prints comes as {"log": {…}}.
// The wrangler file is read by wrangler itself, so that the judge does not depend on how doris reads it.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { basename } from "node:path";

const require = createRequire(process.argv[2] + "/");
const { Miniflare, Log, LogLevel, convertV4MiniflareOptions } = require("miniflare");
const { unstable_getMiniflareWorkerOptions, unstable_readConfig, unstable_splitSqlQuery } = require("wrangler");

// `disable_python_dedicated_snapshot`: without it a snapshot holds one Worker's code and silently runs that.
const FLAGS = ["python_workers_development", "disable_python_dedicated_snapshot"];
const workers = new Map();

function say(message) {
  process.stdout.write(JSON.stringify(message) + "\n");
}

function readModule({ name, type, file }) {
  const contents = readFileSync(file);
  return { type, path: name, contents: type === "Data" ? new Uint8Array(contents) : contents.toString("utf-8") };
}

function workerOptions({ config, environment, modules, vars, flags }) {
  const settings = unstable_readConfig({ config, env: environment ?? undefined });
  const { workerOptions: options, externalWorkers } = unstable_getMiniflareWorkerOptions(
    settings,
    environment ?? undefined,
  );
  const worker = { ...options, name: settings.name ?? "worker", rootPath: undefined, modulesRules: undefined };
  if (modules.length === 0) {
    // Static assets alone: what no asset answers ends here.
    const script = "export default { fetch() { return new Response(null, { status: 404 }); } };";
    return [{ ...worker, modules: true, script }, ...externalWorkers];
  }
  worker.compatibilityFlags = [...new Set([...(options.compatibilityFlags ?? []), ...FLAGS, ...flags])];
  worker.bindings = { ...options.bindings, ...vars };
  worker.modules = modules.map(readModule);
  return [worker, ...externalWorkers];
}

class QuietLog extends Log {
  log() {}
}

async function start(message) {
  process.env.DORIS_WORKERD_OPTIONS = message.options;
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({ workers: workerOptions(message) }),
    host: "127.0.0.1",
    port: 0,
    cf: false,
    log: new QuietLog(LogLevel.NONE),
    logRequests: false,
    resourcePersistencePath: message.persist ?? undefined,
    handleStructuredLogs: (entry) => say({ log: { worker: message.id, level: entry.level, message: entry.message } }),
  });
  try {
    const url = await miniflare.ready;
    workers.set(message.id, miniflare);
    return { url: url.href };
  } catch (error) {
    await miniflare.dispose().catch(() => {});
    throw error;
  }
}

function running(id) {
  const miniflare = workers.get(id);
  if (!miniflare) throw new Error(`no Worker ${id} is running`);
  return miniflare;
}

const actions = {
  start,
  read({ config, environment }) {
    return { main: unstable_readConfig({ config, env: environment ?? undefined }).main ?? null };
  },
  // A dead workerd's last words are in the pipe before its end is seen; let them through.
  async settle() {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return {};
  },
  async scheduled({ worker, cron, time }) {
    const fetcher = await running(worker).getWorker();
    return await fetcher.scheduled({ cron, scheduledTime: time === null ? undefined : new Date(time) });
  },
  // Run SQL scripts on a D1 database; the rows of the last statement.
  async sql({ worker, binding, scripts }) {
    const database = await running(worker).getD1Database(binding);
    const statements = scripts.flatMap((script) => unstable_splitSqlQuery(script));
    const answers = await database.batch(statements.map((statement) => database.prepare(statement)));
    return answers.at(-1)?.results ?? [];
  },
  async stop({ worker }) {
    const miniflare = running(worker);
    workers.delete(worker);
    await miniflare.dispose();
    return {};
  },
};

async function answer(line) {
  const message = JSON.parse(line);
  try {
    say({ id: message.id, result: await actions[message.do](message) });
  } catch (error) {
    say({ id: message.id, error: error?.stack ?? String(error) });
  }
}

const lines = createInterface({ input: process.stdin });
lines.on("line", answer);
lines.on("close", async () => {
  await Promise.all([...workers.values()].map((miniflare) => miniflare.dispose()));
  process.exit(0);
});
say({ ready: basename(process.argv[2]) });
