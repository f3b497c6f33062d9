import { expect, test } from "vitest";
import type { VersionRecord } from "@/lib/registry/wire";
import { registryVerdict } from "./registry-verdict";

const at = (stage: VersionRecord["stage"], version: string) => ({ version, stage }) as VersionRecord;

test("says what stands where", () => {
  expect(registryVerdict([at("None", "1")])).toBe("No version is in Production; 1 version is in no use.");
  expect(
    registryVerdict([at("Staging", "4"), at("Production", "3"), at("Archived", "2"), at("None", "1")]),
  ).toBe("Version 3 is in Production; version 4 waits in Staging; 2 versions are in no use.");
  expect(registryVerdict([at("Production", "b"), at("Production", "a")])).toBe(
    "Versions b and a are in Production.",
  );
});
