import { ANALYSTS, deedRoute } from "../deed";

export const POST = deedRoute("comment", {
  asks: ANALYSTS,
  summary: "Comment on a promotion",
});
