// Answers questions about wrangler's own reading of a project: one JSON question a line, one JSON answer a line.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { Socket } from "node:net";

// After an unknown field wrangler asks the registry whether a newer version knows it. Tests stay off the network.
Socket.prototype.connect = function () {
  process.nextTick(() => this.destroy(new Error("no network in tests")));
  return this;
};

const wrangler = createRequire(import.meta.url)("wrangler");
const answer = process.stdout.write.bind(process.stdout);
let said = [];
for (const level of ["log", "info", "warn", "error"]) {
  console[level] = (...parts) => void said.push(parts.join(" "));
}

const commands = {
  config: ({ file, env }) => wrangler.unstable_readConfig({ config: file, env }),
  variables({ file, env }) {
    const config = wrangler.unstable_readConfig({ config: file, env });
    const found = wrangler.unstable_getVarsForDev(file, undefined, config.vars, env, false, config.secrets);
    return Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]));
  },
  split: ({ sql }) => wrangler.unstable_splitSqlQuery(sql),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...question } = JSON.parse(line);
  said = [];
  let result;
  try {
    result = { value: commands[command](question) };
  } catch (error) {
    const { line, column } = error.location ?? {};
    result = { error: error.message, line, column };
  }
  answer(JSON.stringify({ ...result, said }) + "\n");
}
