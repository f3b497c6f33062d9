import { deedRoute, REVIEWERS } from "../deed";

export const POST = deedRoute("approve", {
  asks: REVIEWERS,
  summary: "Approve a promotion; the last approval that is needed carries it out",
  description:
    "By a person with the role reviewer, on the page or with a key of their own; a service's key and the bootstrap key get 403, and so does who asked.",
});
