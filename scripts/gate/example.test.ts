import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import manifest from "@/package.json" with { type: "json" };
import { parseEvaluateCommand } from "../evaluate/arguments";
import { parseGateCommand } from "./arguments";

type Workflow = {
  jobs: { promote: { env: Record<string, string>; steps: { name?: string; run?: string }[] } };
};

const PARSERS = { gate: parseGateCommand, evaluate: parseEvaluateCommand };

/** As a shell takes a line apart, with what the workflow puts in made up. */
const wordsOf = (line: string): string[] =>
  [
    ...line
      .replace(/\$\{\{[^}]*\}\}/g, "7")
      .replace(/\$[A-Z]+/g, "why")
      .matchAll(/"([^"]*)"|(\S+)/g),
  ].map(([, quoted, bare]) => quoted ?? bare!);

test("the workflow in docs/examples speaks to the commands as they are", () => {
  const workflow = parse(readFileSync("docs/examples/promote.yml", "utf8")) as Workflow;
  const { env, steps } = workflow.jobs.promote;
  const commands = steps.flatMap(({ run }) => {
    const [, name, rest] = /^npm run --silent (\w+) -- (.*)$/s.exec(run?.trim() ?? "") ?? [];
    return name ? [{ name: name as keyof typeof PARSERS, words: wordsOf(rest!) }] : [];
  });
  expect(commands.map(({ name }) => name)).toEqual(["evaluate", "gate"]);
  for (const { name, words } of commands) {
    expect(Object.keys(manifest.scripts)).toContain(name);
    expect(PARSERS[name](words, env)).toMatchObject({
      model: "flight-delay",
      version: "7",
      server: "https://tidemark.example.org",
    });
  }
  expect(parseGateCommand(commands[1]!.words, env)).toMatchObject({
    target: { kind: "stage", name: "Production" },
    request: expect.stringContaining("why"),
    waitSeconds: 9000,
  });
});

test.each([
  ["--version 3 --dataset june.csv", /--model is missing/],
  ["--model f --dataset june.csv", /--version is missing/],
  ["--model f --version 3", /--dataset is missing/],
  ["--model f --version 3 --dataset d --server t", /expected http/],
  ["--model f --version 3 --dataset d --force", /--force/],
])("npm run evaluate says what is wrong: %s", (line, message) => {
  expect(() => parseEvaluateCommand(line.split(" "), { TIDEMARK_API_KEY: "tm_key" })).toThrow(message);
  expect(() => parseEvaluateCommand(line.split(" "), {})).toThrow();
});
