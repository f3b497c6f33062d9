import { createRequire } from "node:module";
import path from "node:path";

/** Path of a data file of vega-datasets. Its package exports only code, so the file is found beside that. */
export function vegaData(file: string): string {
  const code = createRequire(import.meta.url).resolve("vega-datasets");
  return path.join(path.dirname(code), "../data", file);
}
