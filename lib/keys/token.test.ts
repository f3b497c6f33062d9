import { expect, test } from "vitest";
import { parseKeyCommand } from "./arguments";
import { createToken, isToken, tokenPrefix } from "./token";

test("a key names its scopes, has 160 random bits, and a mistyped one is told without asking the store", () => {
  const token = createToken(["read", "ingest"]);
  expect(token).toMatch(/^tm_ir_[0-9a-z]{38}$/);
  expect(isToken(token)).toBe(true);
  for (let i = 6; i < token.length; i++) {
    expect(isToken(token.slice(0, i) + (token[i] === "0" ? "1" : "0") + token.slice(i + 1))).toBe(false);
  }
  expect(isToken(token.replace("_ir_", "_a_"))).toBe(false);
  expect(new Set(Array.from({ length: 100 }, () => createToken(["admin"]))).size).toBe(100);
  expect(token.startsWith(tokenPrefix(token))).toBe(true);
  expect(tokenPrefix(token)).toHaveLength(12);
});

test("the command line says what is wrong with it", () => {
  expect(parseKeyCommand(["create", "--name", " a ", "--scope", "ingest, read"])).toEqual({
    verb: "create",
    name: "a",
    scopes: ["ingest", "read"],
  });
  expect(parseKeyCommand(["revoke", "x"])).toEqual({ verb: "revoke", id: "x" });
  expect(() => parseKeyCommand(["create", "--scope", "read"])).toThrow(/--name/);
  expect(() => parseKeyCommand(["create", "--name", "a", "--scope", "write"])).toThrow(
    /"write": expected ingest/,
  );
  expect(() => parseKeyCommand(["create", "--name", "a"])).toThrow(/expected ingest/);
  expect(() => parseKeyCommand(["delete"])).toThrow(/Usage/);
  expect(() => parseKeyCommand(["list", "--what"])).toThrow(/Usage/);
});
