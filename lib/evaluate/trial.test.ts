import { expect, test } from "vitest";
import { chooseBackend, isWorthTrying, type Trial } from "./trial";

const usual: Trial = { backend: "wasm", milliseconds: 100, values: [0.1, 0.9] };
const attempt = (backend: string, run: () => Promise<Trial>) => {
  const made = {
    backend,
    run,
    stopped: false,
    stop() {
      made.stopped = true;
    },
  };
  return made;
};
const answer = (backend: string, milliseconds: number, values: number[]) =>
  attempt(backend, async () => ({ backend, milliseconds, values }));

test("another backend is taken where it is clearly faster and answers alike", async () => {
  expect(await chooseBackend(usual, [answer("webgl", 40, [0.1, 0.9])])).toEqual({
    backend: "webgl",
    notes: [],
  });
  expect((await chooseBackend(usual, [answer("webgl", 90, [0.1, 0.9])])).backend).toBe("wasm");
  expect((await chooseBackend(usual, [answer("webgl", 90, [0.1, 0.9])], { insist: true })).backend).toBe(
    "webgl",
  );
});

test("one that answers otherwise, or with NaN, is passed over and named", async () => {
  for (const values of [[0.1, 0.8], [0.1, Number.NaN], [0.1]]) {
    const { backend, notes } = await chooseBackend(usual, [answer("webgl", 1, values)], { insist: true });
    expect(backend).toBe("wasm");
    expect(notes).toEqual([expect.stringMatching(/^webgl was passed over: its scores are up to/)]);
  }
});

test("one that never answers is left in time, stopped, and named", async () => {
  const hangs = attempt("webgpu", () => new Promise(() => {}));
  const start = performance.now();
  const chosen = await chooseBackend(usual, [hangs, answer("webgl", 10, [0.1, 0.9])], { timeoutMs: 50 });
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(hangs.stopped).toBe(true);
  expect(chosen).toEqual({
    backend: "webgl",
    notes: ["webgpu was passed over: it gave no answer in 0.05 seconds"],
  });
});

test("a trial is made only where it can pay", () => {
  expect(isWorthTrying(usual, 1000, 10_000)).toBe(false);
  expect(isWorthTrying(usual, 1000, 100_000)).toBe(true);
});
