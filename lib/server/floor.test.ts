import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, { version: string }>;
};

/**
 * Below these the framework has known ways in: CVE-2025-29927 (Next, middleware passed by a header), CVE-2025-55182 and
 * its follow-ups 55183, 55184, 67779 (React and Next, server functions).
 */
const FLOOR: Record<string, [major: number, minor: number, patch: number]> = {
  next: [16, 0, 10],
  react: [19, 2, 3],
  "react-dom": [19, 2, 3],
};

test.each(Object.keys(FLOOR))("%s is above its known holes, wherever it is installed", (name) => {
  const found = Object.entries(lock.packages).filter(([at]) => at.endsWith(`node_modules/${name}`));
  expect(found.length).toBeGreaterThan(0);
  for (const [at, { version }] of found) {
    const [major, minor, patch] = version.split(/[.-]/, 3).map(Number) as [number, number, number];
    const [least, ...rest] = FLOOR[name]!;
    const above =
      major > least || (major === least && (minor > rest[0] || (minor === rest[0] && patch >= rest[1])));
    expect(above, `${at}: ${version}`).toBe(true);
  }
});

const sources = ["app", "components", "lib"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => path.join(folder, file)),
);

test("there are no server functions, no middleware that rights could hang on, and no raw HTML", () => {
  expect(sources.length).toBeGreaterThan(500);
  const holding = (pattern: RegExp) => sources.filter((file) => pattern.test(readFileSync(file, "utf8")));
  expect(holding(/^\s*["']use server["']/m)).toEqual([]);
  expect(
    holding(/dangerouslySetInnerHTML|\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write/),
  ).toEqual([]);
  expect(readdirSync(".").filter((file) => /^(middleware|proxy)\./.test(file))).toEqual([]);
});
