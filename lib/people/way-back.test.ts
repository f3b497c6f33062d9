import { expect, test } from "vitest";
import { wayBack } from "./way-back";

test.each([
  ["/models?q=a#b", "/models?q=a#b"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example/", "/"],
  ["javascript:alert(1)", "/"],
  ["/\t/evil.example", "/"],
  ["/sign-in?to=/sign-in", "/"],
  ["/api/auth/demo", "/"],
  ["/sign-inside", "/sign-inside"],
  [null, "/"],
])("after signing in, %s leads to %s", (to, path) => expect(wayBack(to)).toBe(path));
