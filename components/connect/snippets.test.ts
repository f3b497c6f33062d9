import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curlBaselineFile, curlBaselineWindow, curlLabels, curlPredictions } from "./snippets";

/** What a shell hands to curl: a stand-in for it prints its arguments, one a line, escaped. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for each in "$@"; do printf '%s\\0' "$each"; done; }\n${command}`;
  return execFileSync("bash", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}
const bodyOf = (command: string) => JSON.parse(argumentsOf(command).at(-1) ?? "");

const CONTEXT = { url: "http://localhost:3000", model: `it's "my" model`, version: "v1" };

describe("curl to copy", () => {
  it("is one prediction with the time of now, whatever the model is called", () => {
    const body = bodyOf(curlPredictions(CONTEXT));
    expect(body).toMatchObject({ model: CONTEXT.model, version: "v1" });
    expect(Math.abs(Date.parse(body.predictions[0].timestamp) - Date.now())).toBeLessThan(60_000);
  });

  it("is one label, text or number", () => {
    expect(bodyOf(curlLabels(CONTEXT))).toEqual({
      model: CONTEXT.model,
      labels: [{ id: "fl-1", label: "late" }],
    });
    expect(bodyOf(curlLabels({ ...CONTEXT, id: "x", label: 3 })).labels).toEqual([{ id: "x", label: 3 }]);
  });

  it("names the version in the address, encoded", () => {
    const address = argumentsOf(curlBaselineFile(CONTEXT))[2];
    expect(address).toBe(
      "http://localhost:3000/api/v1/models/it%27s%20%22my%22%20model/versions/v1/baseline",
    );
    expect(bodyOf(curlBaselineWindow({ ...CONTEXT, from: "a", to: "b" }))).toEqual({ from: "a", to: "b" });
  });
});
