import { expect, test } from "vitest";
import { parseGateCommand } from "./arguments";

const of = (line: string, environment = { TIDEMARK_API_KEY: "tm_key" }) =>
  parseGateCommand(line.split(" ").filter(Boolean), environment);

test("a command line names version and target; the rest has defaults", () => {
  expect(of("--model flights --version 3 --stage production")).toEqual({
    server: "http://127.0.0.1:3000",
    key: "tm_key",
    model: "flights",
    version: "3",
    target: { kind: "stage", name: "Production" },
    request: null,
    waitSeconds: 0,
    json: false,
  });
  expect(
    of("--model f --version 3 --alias champion --request better --wait --json --server https://t.example/"),
  ).toMatchObject({
    server: "https://t.example",
    target: { kind: "alias", name: "champion" },
    request: "better",
    waitSeconds: 3600,
    json: true,
  });
  expect(of("--model f --version 3 --alias champion --wait 5")).toMatchObject({ waitSeconds: 300 });
});

test.each([
  ["--version 3 --stage Production", /--model is missing/],
  ["--model f --stage Production", /--version is missing/],
  ["--model f --version 3", /name one target/],
  ["--model f --version 3 --stage Production --alias a", /name one target/],
  ["--model f --version 3 --stage Archived", /only Staging and Production/],
  ["--model f --version 3 --stage Production --wait=soon", /expected minutes/],
  ["--model f --version 3 --stage Production --server t", /expected http/],
  ["--model f --version 3 --stage Production --force", /--force/],
])("what is wrong is said: %s", (line, message) => {
  expect(() => of(line)).toThrow(message);
});

test("without a key nothing is asked", () => {
  expect(() => of("--model f --version 3 --stage Production", {} as never)).toThrow(/TIDEMARK_API_KEY/);
});
