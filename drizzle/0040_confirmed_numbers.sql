-- What the server's own repetition gave, which is what gates count: scores that were saved may differ from it within the
-- tolerance of another machine, and a rank or a threshold makes much of little.

ALTER TABLE evaluation
  ADD COLUMN confirmed_report jsonb,
  ADD COLUMN confirmed_outcome_sha256 text COLLATE "C",
  -- The column of labels that it was measured by.
  ADD COLUMN confirmed_label text;
--> statement-breakpoint
-- Those that were confirmed without are repeated anew when the server starts.
UPDATE evaluation SET state = 'unconfirmed', checked_at = NULL, check_message = NULL WHERE state = 'confirmed';
--> statement-breakpoint
ALTER TABLE evaluation ADD CHECK (
  (state = 'confirmed') = (confirmed_report IS NOT NULL)
  AND (state = 'confirmed') = (confirmed_outcome_sha256 IS NOT NULL)
  AND (state = 'confirmed') = (confirmed_label IS NOT NULL));
--> statement-breakpoint
DROP FUNCTION check_evaluation(text, uuid, text, text, text);
--> statement-breakpoint
-- What repeating an evaluation has shown; the last three for one that it confirms, NULL else. Raises TM010 where there is
-- no such evaluation.
CREATE FUNCTION check_evaluation(
  p_model text, p_evaluation uuid, p_state text, p_message text, p_actor text, p_report jsonb, p_outcome text, p_label text
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  the_model integer := lock_model(p_model);
  former record;
BEGIN
  SELECT e.state, v.name AS version INTO former FROM evaluation e
    JOIN model_version v ON v.model_id = e.model_id AND v.version_id = e.version_id
    WHERE e.model_id = the_model AND e.evaluation_id = p_evaluation;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TM010', MESSAGE = 'evaluation';
  END IF;
  UPDATE evaluation SET state = p_state, checked_at = clock_timestamp(), check_message = p_message,
      confirmed_report = p_report, confirmed_outcome_sha256 = p_outcome, confirmed_label = p_label
    WHERE model_id = the_model AND evaluation_id = p_evaluation;
  PERFORM write_audit(p_actor, 'evaluation.check', 'version:' || p_model || '/' || former.version,
    jsonb_build_object('evaluation', p_evaluation, 'state', former.state),
    jsonb_strip_nulls(jsonb_build_object('evaluation', p_evaluation, 'state', p_state, 'message', p_message,
      'outcome', p_outcome)));
END
$$;
