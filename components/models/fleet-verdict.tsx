import Link from "next/link";
import type { ReactNode } from "react";
import { plural } from "@/lib/charts/format";
import { versionHref } from "@/lib/models/address";
import type { VersionRow } from "@/lib/models/order";
import { CONDITIONS, type Condition, versionCondition } from "@/lib/models/verdict";

const WANTS_A_LOOK: readonly Condition[] = ["worse", "drift", "failing"];

const COMPLAINT: Partial<Record<Condition, string>> = {
  worse: "performs worse than chance explains",
  drift: "reads data that moved",
  failing: "fails often",
};

/** The whole list in a sentence: how many want a look, and which ones first. */
export function FleetVerdict({ rows }: { rows: readonly VersionRow[] }) {
  const inUse = rows.filter(({ version }) => version.stage !== "Archived");
  const marked = inUse
    .map((row) => ({ ...row, condition: versionCondition(row.version) }))
    .sort((a, b) => CONDITIONS.indexOf(a.condition) - CONDITIONS.indexOf(b.condition));
  const wanting = marked.filter(({ condition }) => WANTS_A_LOOK.includes(condition));
  const untested = marked.filter(({ condition }) => condition === "untested").length;

  return (
    <p className="verdict mb-3">
      {wanting.length === 0 ? (
        untested === inUse.length ? (
          "Nothing can be judged yet: no version has a baseline to be compared with."
        ) : (
          "All quiet: no version in use has moved further than chance explains."
        )
      ) : (
        <>
          {plural(wanting.length, "version")} of {inUse.length} in use{" "}
          {wanting.length === 1 ? "wants" : "want"} a look: {listed(wanting)}.
        </>
      )}
      {untested > 0 && untested < inUse.length
        ? ` ${untested === 1 ? "One" : untested} cannot be tested, for want of a baseline or of data.`
        : null}
    </p>
  );
}

function listed(rows: readonly (VersionRow & { condition: Condition })[]): ReactNode[] {
  const named = rows.slice(0, 3);
  return [
    ...named.map(({ model, version, condition }, index) => (
      <span key={`${model.model}/${version.version}`}>
        {index === 0 ? "" : index === rows.length - 1 ? " and " : ", "}
        <em>
          <Link href={versionHref({ model: model.model, version: version.version })}>
            {model.model} {version.version}
          </Link>
        </em>{" "}
        {COMPLAINT[condition]}
      </span>
    )),
    rows.length > named.length ? ` and ${rows.length - named.length} more` : "",
  ];
}
