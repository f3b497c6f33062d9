import { it } from "vitest";
import { chiSquareQuantile, chiSquareUpperTail } from "./chi-square-distribution";
import { normalQuantile, normalTwoSidedTail } from "./normal-distribution";
import { expectClose, vectors } from "./test-support";

type Case = { x: number; dof: number; upperTail: number; quantile95: number };

it("equals scipy's chi-square, far out in the tail too", () => {
  for (const { x, dof, upperTail, quantile95 } of vectors<Case>("chi-square-tail")) {
    expectClose(chiSquareUpperTail(x, dof), upperTail);
    expectClose(chiSquareQuantile(0.95, dof), quantile95);
  }
});

it("knows the textbook 5 % points of the normal law and its far tail", () => {
  expectClose(normalTwoSidedTail(1.959963984540054), 0.05);
  expectClose(normalTwoSidedTail(-10), 1.523970604832094e-23);
  expectClose(normalQuantile(0.975), 1.959963984540054);
});
