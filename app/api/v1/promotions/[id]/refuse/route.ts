import { deedRoute, REVIEWERS } from "../deed";

export const POST = deedRoute("refuse", {
  asks: REVIEWERS,
  summary: "Refuse a promotion",
});
