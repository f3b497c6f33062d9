"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { formatCount } from "@/lib/charts/format";
import type { VersionSummary } from "@/lib/models/schema";
import type { VersionRecord } from "@/lib/registry/wire";
import { chooseVersions, NEWEST } from "./choose-versions";
import { VersionItem } from "./version-item";

/** A model's versions; of many, those in use and the newest, and the others by search or one more lot at a time. */
export function VersionItems({
  model,
  current,
  versions,
  summaries,
}: {
  model: string;
  current: string;
  versions: readonly VersionRecord[];
  /** null while they are loading. */
  summaries: readonly VersionSummary[] | null;
}) {
  const [words, setWords] = useState("");
  const [limit, setLimit] = useState(NEWEST);
  const { shown, found } = chooseVersions(versions, { words, current, limit });
  const summaryOf = new Map(summaries?.map((summary) => [summary.version, summary]));
  return (
    <>
      {versions.length > NEWEST ? (
        <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
          <Input
            type="search"
            aria-label="Search the versions"
            placeholder="Version, stage, @alias, tag, run"
            className="w-72 max-w-full"
            value={words}
            onChange={({ target }) => {
              setWords(target.value);
              setLimit(NEWEST);
            }}
          />
          <p role="status" className="text-mute text-xs">
            {words.trim() === ""
              ? `${formatCount(shown.length)} of ${formatCount(found)}: those in use, and the newest`
              : found === 0
                ? "No version has these words."
                : `${formatCount(shown.length)} of ${formatCount(found)} that have these words`}
          </p>
        </div>
      ) : null}
      <ul aria-label="Versions" className="mb-3.5 flex flex-col gap-3">
        {shown.map((record) => (
          <VersionItem
            key={record.version}
            model={model}
            record={record}
            current={record.version === current}
            summary={summaryOf.get(record.version) ?? null}
          />
        ))}
      </ul>
      {shown.length < found ? (
        <Button className="mb-3.5" onClick={() => setLimit(limit + NEWEST)}>
          Show {Math.min(NEWEST, found - shown.length)} more
        </Button>
      ) : null}
    </>
  );
}
