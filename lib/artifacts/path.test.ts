import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { artifactPath, folderPath } from "./path";

const read = (text: string) => artifactPath(text, { encoded: true });

test("plain paths pass as they are, decoded once", () => {
  expect(read("0/abc/artifacts/model/MLmodel")).toBe("0/abc/artifacts/model/MLmodel");
  expect(read("a%20b/caf%C3%A9.txt")).toBe("a b/café.txt");
  expect(read("100%25.txt")).toBe("100%.txt");
  expect(read(".hidden/..name/name../a...b")).toBe(".hidden/..name/name../a...b");
});

test.each([
  "..",
  "../up",
  "a/../b",
  "a/..",
  ".",
  "a/./b",
  "/etc/passwd",
  "//host/share",
  "a//b",
  "a/",
  "",
  "%2e%2e",
  "%2e%2e/a",
  "%2E%2E%2Fa",
  "a/%2e%2e/b",
  "a%2f..%2fb",
  ".%2e/a",
  "%2e./a",
  "%252e%252e/a",
  "%25252e%25252e%25252fa",
  "a/%252e%252e%252fb",
  "..%5ca",
  "a%5c..%5cb",
  "..\\a",
  "a\\b",
  "%5c%5chost",
  "C:/windows",
  "c:file",
  "file:///etc/passwd",
  "s3://bucket/x",
  "a%00b",
  "%00",
  "a\u0000",
  "a%0ab",
  "a%7fb",
  "%2525252525252525252525252525252e",
  "%c0%ae%c0%ae/a",
  "%ff",
  "%",
  "%e2%80",
  ".. /a",
  "a/. ./b",
  "...",
  "a/ ",
  "%2fetc",
  "%252fetc",
  `${"a/".repeat(600)}a`,
  "é".repeat(200),
])("refuses %j", (text) => {
  expect(() => read(text)).toThrow(/Invalid path/);
  expect(() => read(text)).toThrow(expect.objectContaining({ code: "bad_request" }));
});

test("whatever passes lies below the root", () => {
  const piece = fc.constantFrom(
    "..",
    ".",
    "/",
    "\\",
    "%2e",
    "%2E",
    "%252e",
    "%2f",
    "%5c",
    "a",
    "b.c",
    " ",
    "%00",
    ":",
    "C:",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      let found: string;
      try {
        found = read(pieces.join(""));
      } catch {
        return;
      }
      for (const flavour of [path.posix, path.win32]) {
        const root = flavour === path.posix ? "/root/artifacts" : "C:\\root\\artifacts";
        const inside = flavour.relative(root, flavour.join(root, found));
        expect(inside.startsWith("..") && /^\.\.([/\\]|$)/.test(inside)).toBe(false);
        expect(flavour.isAbsolute(inside)).toBe(false);
      }
    }),
    { numRuns: 5000 },
  );
});

test("a folder may be the root, and may end with a slash", () => {
  expect(folderPath("")).toBe("");
  expect(folderPath("a/b/")).toBe("a/b");
  expect(() => folderPath("/")).toThrow(/Invalid path/);
  expect(() => folderPath("../")).toThrow(/Invalid path/);
  expect(() => folderPath("a/%2e%2e/b")).toThrow(/Invalid path/);
});
