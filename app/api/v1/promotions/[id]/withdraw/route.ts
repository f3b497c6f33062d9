import { ANALYSTS, deedRoute } from "../deed";

export const POST = deedRoute("withdraw", {
  asks: ANALYSTS,
  summary: "Withdraw a promotion that was asked for",
});
