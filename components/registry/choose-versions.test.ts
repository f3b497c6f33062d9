import { expect, test } from "vitest";
import type { VersionRecord } from "@/lib/registry/wire";
import { chooseVersions } from "./choose-versions";

const version = (number: number, over: Partial<VersionRecord> = {}): VersionRecord => ({
  version: String(number),
  stage: "None",
  aliases: [],
  tags: [],
  description: "",
  owner: null,
  source: "",
  run: null,
  logged_model_id: null,
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
  revision: "1",
  ...over,
});

/** The latest first: 50 to 1. */
const VERSIONS = Array.from({ length: 50 }, (_, place) => version(50 - place)).map((each) => {
  if (each.version === "9") return { ...each, stage: "Production" as const };
  if (each.version === "8") return { ...each, stage: "Archived" as const };
  if (each.version === "7") return { ...each, aliases: ["fallback"] };
  if (each.version === "6")
    return { ...each, tags: [{ key: "team", value: "Blue" }], description: "with rain" };
  return each;
});

const choose = (words: string, limit = 3) => {
  const { shown, found } = chooseVersions(VERSIONS, { words, current: "2", limit });
  return { shown: shown.map((each) => each.version), found };
};

test("the newest are shown, what is in use however old it is, and the one that is looked at", () => {
  expect(choose("")).toEqual({ shown: ["50", "49", "48", "9", "7", "2"], found: 50 });
  expect(choose(" ", 50).shown).toHaveLength(50);
});

test("words are all to be found, in any place and any case", () => {
  expect(choose("@fall")).toEqual({ shown: ["7"], found: 1 });
  expect(choose("RAIN blue")).toEqual({ shown: ["6"], found: 1 });
  expect(choose("archived")).toEqual({ shown: ["8"], found: 1 });
  expect(choose("version 4")).toEqual({ shown: ["49", "48", "47"], found: 14 });
  expect(choose("rain red")).toEqual({ shown: [], found: 0 });
});
