-- Tries to sign in, of the last minutes: every process on this store counts them together, and a restart forgets none.
-- key is the SHA-256 of who is tried, or of the machine that tries: what people type by mistake is not kept.
CREATE TABLE sign_in_try (
  try_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--> statement-breakpoint
CREATE INDEX sign_in_try_key ON sign_in_try (key, at);
--> statement-breakpoint
CREATE INDEX sign_in_try_at ON sign_in_try (at);
--> statement-breakpoint
-- Counts a try under each key and gives 0; where one of them has had its most within the window, counts nothing and gives
-- the seconds until it may be tried again. Tries under the same key wait for each other, so none slips through.
CREATE FUNCTION count_sign_in_try(p_keys text[], p_most integer[], p_window interval) RETURNS double precision
LANGUAGE plpgsql AS $$
DECLARE
  the_key text;
  wait double precision;
BEGIN
  FOR the_key IN SELECT DISTINCT k FROM unnest(p_keys) k ORDER BY k LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('sign_in_try ' || the_key, 0));
  END LOOP;
  -- A bounded piece of what is over, and never what another process is deleting.
  DELETE FROM sign_in_try WHERE try_id IN (SELECT t.try_id FROM sign_in_try t
    WHERE t.at <= clock_timestamp() - p_window ORDER BY t.at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  SELECT max(extract(epoch FROM (
      SELECT t.at FROM sign_in_try t WHERE t.key = asked.key AND t.at > clock_timestamp() - p_window
      ORDER BY t.at DESC OFFSET asked.most - 1 LIMIT 1
    ) + p_window - clock_timestamp())) INTO wait
    FROM unnest(p_keys, p_most) AS asked (key, most);
  IF wait IS NOT NULL THEN
    RETURN greatest(wait, 1);
  END IF;
  INSERT INTO sign_in_try (key) SELECT k FROM unnest(p_keys) k;
  RETURN 0;
END
$$;
