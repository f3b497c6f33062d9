import { deedRoute, REVIEWERS } from "../deed";

export const POST = deedRoute("refuse", {
  asks: REVIEWERS,
  summary: "Refuse a promotion",
  description:
    "By a person with the role reviewer, on the page or with a key of their own; a service's key and the bootstrap key get 403.",
});
