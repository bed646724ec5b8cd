// Run Python code from standard input in Pyodide, in Node, with the package of this work tree to import:
//
//     echo 'import doris; print(doris.__version__)' | node scripts/pyodide.mjs SITE_PACKAGES
//
// SITE_PACKAGES is a folder whose pure modules may be imported too. Top-level await works.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const source = fileURLToPath(new URL("../src", import.meta.url));
const pyodide = await loadPyodide();
pyodide.mountNodeFS("/source", source);
pyodide.mountNodeFS("/packages", process.argv[2]);
pyodide.runPython('import sys; sys.path[:0] = ["/source", "/packages"]; sys.dont_write_bytecode = True');
try {
  await pyodide.runPythonAsync(readFileSync(0, "utf-8"));
} catch (error) {
  console.error(String(error.message ?? error));
  process.exitCode = 1;
}
