-- "True" and "TRUE" are read as true from now on (lib/predictions/word.ts): what was kept under another spelling is renamed,
-- unless both are there, whose counts are apart for good. Of several spellings the first one met is renamed.

UPDATE class c SET value = lower(c.value)
  WHERE lower(c.value) IN ('true', 'false') AND c.value <> lower(c.value)
    AND NOT EXISTS (SELECT 1 FROM class o WHERE o.model_id = c.model_id AND o.value = lower(c.value))
    AND c.code = (SELECT min(o.code) FROM class o WHERE o.model_id = c.model_id AND lower(o.value) = lower(c.value));
--> statement-breakpoint
UPDATE category c SET value = lower(c.value)
  WHERE lower(c.value) IN ('true', 'false') AND c.value <> lower(c.value)
    AND NOT EXISTS (SELECT 1 FROM category o WHERE o.model_id = c.model_id AND o.version_id = c.version_id
      AND o.feature_id = c.feature_id AND o.value = lower(c.value))
    AND c.code = (SELECT min(o.code) FROM category o WHERE o.model_id = c.model_id AND o.version_id = c.version_id
      AND o.feature_id = c.feature_id AND lower(o.value) = lower(c.value));
--> statement-breakpoint
UPDATE label SET label_text = lower(label_text)
  WHERE label IS NULL AND lower(label_text) IN ('true', 'false') AND label_text <> lower(label_text);
