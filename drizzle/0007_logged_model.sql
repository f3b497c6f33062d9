-- Models as MLflow 3 logs them, before anybody registers one: files with params, tags and the metrics measured of them.
-- Every table of a logged model's data has logged_model_id first in its keys.

CREATE TABLE logged_model (
  logged_model_id text COLLATE "C" PRIMARY KEY,
  experiment_id integer NOT NULL REFERENCES experiment,
  name text COLLATE "C" NOT NULL,
  artifact_uri text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL
    CHECK (status IN ('LOGGED_MODEL_PENDING', 'LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED')),
  status_message text,
  model_type text COLLATE "C",
  source_run_id text COLLATE "C",
  creation_time bigint NOT NULL,
  last_update_time bigint NOT NULL,
  deleted_time bigint
);
--> statement-breakpoint
CREATE INDEX logged_model_by_time ON logged_model (experiment_id, creation_time DESC);
--> statement-breakpoint
CREATE INDEX logged_model_by_run ON logged_model (source_run_id);
--> statement-breakpoint
CREATE TABLE logged_model_param (
  logged_model_id text COLLATE "C" NOT NULL REFERENCES logged_model ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (logged_model_id, key)
);
--> statement-breakpoint
CREATE TABLE logged_model_tag (
  logged_model_id text COLLATE "C" NOT NULL REFERENCES logged_model ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  value text COLLATE "C" NOT NULL,
  PRIMARY KEY (logged_model_id, key)
);
--> statement-breakpoint
-- The latest value of a metric of a model, by run and dataset; '' = no dataset.
CREATE TABLE logged_model_metric (
  logged_model_id text COLLATE "C" NOT NULL REFERENCES logged_model ON DELETE CASCADE,
  key text COLLATE "C" NOT NULL,
  run_id text COLLATE "C" NOT NULL,
  dataset_name text COLLATE "C" NOT NULL DEFAULT '',
  dataset_digest text COLLATE "C" NOT NULL DEFAULT '',
  value double precision NOT NULL,
  "timestamp" bigint NOT NULL,
  step bigint NOT NULL,
  PRIMARY KEY (logged_model_id, key, run_id, dataset_name, dataset_digest)
);
--> statement-breakpoint
-- Which models a run used (inputs, step null) and made (outputs, at a step).
CREATE TABLE run_model (
  run_id text COLLATE "C" NOT NULL,
  direction text COLLATE "C" NOT NULL CHECK (direction IN ('input', 'output')),
  logged_model_id text COLLATE "C" NOT NULL,
  step bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, direction, logged_model_id)
);
--> statement-breakpoint
-- Of metrics that name a model, also keeps the latest with that model. Models that are not there are passed over.
CREATE FUNCTION log_model_metrics(
  p_run text, m_model text[], m_key text[], m_value double precision[], m_timestamp bigint[], m_step bigint[],
  m_dataset text[], m_digest text[]
) RETURNS void LANGUAGE sql AS $$
  INSERT INTO logged_model_metric AS m (logged_model_id, key, run_id, dataset_name, dataset_digest, value, "timestamp", step)
    SELECT DISTINCT ON (u.model COLLATE "C", u.key COLLATE "C", u.dataset COLLATE "C", u.digest COLLATE "C")
      u.model, u.key, p_run, u.dataset, u.digest, u.value, u."timestamp", u.step
    FROM unnest(m_model, m_key, m_value, m_timestamp, m_step, m_dataset, m_digest)
      AS u (model, key, value, "timestamp", step, dataset, digest)
    JOIN logged_model l ON l.logged_model_id = u.model
    ORDER BY u.model COLLATE "C", u.key COLLATE "C", u.dataset COLLATE "C", u.digest COLLATE "C", u.step DESC, u."timestamp" DESC, u.value DESC
    ON CONFLICT (logged_model_id, key, run_id, dataset_name, dataset_digest) DO UPDATE
      SET value = excluded.value, "timestamp" = excluded."timestamp", step = excluded.step
      WHERE (excluded.step, excluded."timestamp", excluded.value) >= (m.step, m."timestamp", m.value)
$$;
