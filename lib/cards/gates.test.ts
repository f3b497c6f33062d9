import { expect, test } from "vitest";
import { boundOf } from "./gates";

test.each([
  "ece",
  "binary_logloss",
  "mlogloss",
  "validation_0-logloss",
  "val_log_loss",
  "false_positive_rate",
  "fnr",
  "rmsle",
])("of %s less is better", (metric) => expect(boundOf(metric)).toBe("at most"));

test.each(["auc", "val_accuracy", "recall", "true_positive_rate", "lossless_share", "precedence"])(
  "of %s more is better",
  (metric) => expect(boundOf(metric)).toBe("at least"),
);
