import { describe, expect, it } from "vitest";
import { prepareSensitivity } from "./sensitivity";
import { drifting, feature, report } from "./verdict.fixture";

describe("what would change the verdict", () => {
  it("is a raw reading where the floor lies within what summaries leave open", () => {
    const near = feature("near", { effect: 0.0995, error_bound: 0.002 });
    expect(prepareSensitivity(report([near]))[0]).toMatch(
      /^near: its distance lies between .* Confirm with raw rows\.$/,
    );
    expect(prepareSensitivity(report([near], { source: "raw" }))[0]).not.toContain("Confirm");
  });

  it("is the floor for what moved and for what is significant but small, nearest first", () => {
    const lines = prepareSensitivity(
      report([drifting("far", 0.4), feature("small", { effect: 0.06, q_value: 0.001 })]),
    );
    expect(lines).toEqual([
      "small would count with a floor of 0.060 or less: it is significant (q 0.001) but small.",
      "far would no longer count with a floor above 0.40 (now 0.1).",
    ]);
  });

  it("is more rows for what is large but may be chance", () => {
    const few = feature("few", { effect: 0.2, sizeable: true, significant: false, q_value: 0.2 });
    expect(prepareSensitivity(report([few]))[0]).toContain(
      "with more rows it may become significant (q 0.20 against 0.05)",
    );
  });

  it("is nothing for a feature that is neither, or was not computed", () => {
    expect(prepareSensitivity(report([feature("a", { significant: false })]))).toEqual([]);
    expect(prepareSensitivity(report([feature("b", { state: "not_computable", effect: null })]))).toEqual([]);
  });
});
