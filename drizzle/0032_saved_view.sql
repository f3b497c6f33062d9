-- Views of an experiment's pages that somebody has named: what the address says after its "?".

CREATE TABLE saved_view (
  experiment_id integer NOT NULL REFERENCES experiment,
  view_id uuid NOT NULL DEFAULT gen_random_uuid(),
  page text NOT NULL CHECK (page IN ('runs', 'compare')),
  name text COLLATE "C" NOT NULL,
  query text NOT NULL,
  -- What the page of the runs opens with.
  is_default boolean NOT NULL DEFAULT false CHECK (page = 'runs' OR NOT is_default),
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (experiment_id, view_id),
  UNIQUE (experiment_id, page, name)
);
--> statement-breakpoint
CREATE UNIQUE INDEX saved_view_default ON saved_view (experiment_id, page) WHERE is_default;
--> statement-breakpoint
-- Makes a view (p_view null) or changes what p_change holds of one, and gives its id; null where there is none. Another
-- default stops being one. Raises TM010 without the experiment, unique_violation where the name is taken.
CREATE FUNCTION save_view(p_experiment integer, p_view uuid, p_change jsonb, p_actor text) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
  the_view uuid := p_view;
  former jsonb;
BEGIN
  -- One at a time in an experiment, so that there is one default.
  PERFORM 1 FROM experiment WHERE experiment_id = p_experiment FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'TM010', MESSAGE = 'no such experiment';
  END IF;
  IF (p_change->>'is_default')::boolean THEN
    UPDATE saved_view SET is_default = false WHERE experiment_id = p_experiment AND is_default AND view_id IS DISTINCT FROM p_view;
  END IF;
  IF p_view IS NULL THEN
    INSERT INTO saved_view (experiment_id, page, name, query, is_default, created_by)
      VALUES (p_experiment, p_change->>'page', p_change->>'name', p_change->>'query',
        coalesce((p_change->>'is_default')::boolean, false), p_actor)
      RETURNING view_id INTO the_view;
    PERFORM write_audit(p_actor, 'view.create', 'view:' || p_experiment || '/' || the_view, NULL, p_change);
    RETURN the_view;
  END IF;
  SELECT jsonb_build_object('name', name, 'query', query, 'is_default', is_default) INTO former FROM saved_view
    WHERE experiment_id = p_experiment AND view_id = p_view FOR UPDATE;
  IF former IS NULL THEN
    RETURN NULL;
  END IF;
  IF former || p_change <> former THEN
    UPDATE saved_view SET name = coalesce(p_change->>'name', name), query = coalesce(p_change->>'query', query),
        is_default = coalesce((p_change->>'is_default')::boolean, is_default), updated_at = clock_timestamp()
      WHERE experiment_id = p_experiment AND view_id = p_view;
    PERFORM write_audit(p_actor, 'view.change', 'view:' || p_experiment || '/' || p_view, former, former || p_change);
  END IF;
  RETURN p_view;
END
$$;
