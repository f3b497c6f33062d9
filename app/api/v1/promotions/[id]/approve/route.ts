import { deedRoute, REVIEWERS } from "../deed";

export const POST = deedRoute("approve", {
  asks: REVIEWERS,
  summary: "Approve a promotion; the last approval that is needed carries it out",
});
