import { expect, test } from "vitest";
import type { VersionRecord } from "@/lib/registry/wire";
import { toChange, toDraft } from "./change-draft";

const record = {
  version: "2",
  stage: "Staging",
  aliases: ["b", "a"],
  tags: [
    { key: "kept", value: "1" },
    { key: "lost", value: "2" },
  ],
  description: "",
  owner: "ada",
} as VersionRecord;

test("a draft that says what the record says changes nothing", () => {
  expect(toChange(record, toDraft(record))).toBeNull();
  expect(toChange(record, { ...toDraft(record), aliases: " a , b b", why: "no reason" })).toBeNull();
});

test("only what differs is sent", () => {
  const draft = toDraft(record);
  expect(
    toChange(record, {
      ...draft,
      stage: "Production",
      aliases: "a champion",
      tags: [draft.tags[0]!, { id: 7, key: " new ", value: "" }, { id: 8, key: "", value: "dropped" }],
      owner: " ",
    }),
  ).toEqual({
    stage: "Production",
    archive_existing_versions: true,
    aliases: ["a", "champion"],
    tags: { lost: null, new: "" },
    owner: null,
  });
  expect(toChange(record, { ...draft, stage: "Archived" })).toEqual({ stage: "Archived" });
});
