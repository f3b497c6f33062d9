-- Every table of a model's data has model_id first in its primary key and in each unique key, so that it can be
-- distributed by model_id. The tables model, api_key and audit_event are small and would be reference tables.

CREATE TABLE model (
  model_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  -- Set by the first prediction or label: a string predicts a class, a number a value.
  task text CHECK (task IN ('classification', 'regression')),
  -- Code of the class that scores speak of.
  positive_class integer,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE model_version (
  model_id integer NOT NULL REFERENCES model,
  version_id integer NOT NULL,
  name text NOT NULL,
  stage text NOT NULL DEFAULT 'None' CHECK (stage IN ('None', 'Staging', 'Production', 'Archived')),
  -- Moves with every change of columns or bins: a writer that encoded against an older one is refused and encodes again.
  revision integer NOT NULL DEFAULT 1,
  -- The baseline whose bins new rows are counted in; 0 = none yet, exponential buckets.
  baseline_id integer NOT NULL DEFAULT 0,
  settings jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, version_id),
  UNIQUE (model_id, name)
);
--> statement-breakpoint
-- A column of the packed vector: feature_id is its 1-based place.
CREATE TABLE feature (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  feature_id integer NOT NULL CHECK (feature_id > 0),
  role text NOT NULL CHECK (role IN ('feature', 'segment')),
  name text NOT NULL,
  type text CHECK (type IN ('numerical', 'categorical')),
  state text NOT NULL DEFAULT 'inferred' CHECK (state IN ('inferred', 'confirmed')),
  monitored boolean NOT NULL DEFAULT true,
  unit text,
  description text,
  thresholds jsonb,
  PRIMARY KEY (model_id, version_id, feature_id),
  UNIQUE (model_id, version_id, role, name),
  FOREIGN KEY (model_id, version_id) REFERENCES model_version
);
--> statement-breakpoint
-- Dictionary of a categorical column; rows hold the code.
CREATE TABLE category (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  feature_id integer NOT NULL,
  code integer NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (model_id, version_id, feature_id, code),
  UNIQUE (model_id, version_id, feature_id, value)
);
--> statement-breakpoint
-- Dictionary of predicted and true classes, shared by a model's versions since labels belong to the model.
CREATE TABLE class (
  model_id integer NOT NULL REFERENCES model,
  code integer NOT NULL CHECK (code > 0),
  value text NOT NULL,
  PRIMARY KEY (model_id, code),
  UNIQUE (model_id, value)
);
--> statement-breakpoint
-- Raw predictions. The timestamp is part of a row's identity: a partitioned key must hold it.
CREATE TABLE prediction (
  model_id integer NOT NULL,
  prediction_id text NOT NULL,
  version_id integer NOT NULL,
  ts timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  -- Code of the class, or the value; null on a failed prediction.
  prediction double precision,
  score double precision,
  -- Probability per class code.
  scores double precision[],
  latency_ms double precision,
  error text,
  -- In the order of feature_id; a category is its code, a missing value null. Rows older than a column are shorter.
  features double precision[] NOT NULL,
  PRIMARY KEY (model_id, prediction_id, version_id, ts)
) PARTITION BY RANGE (ts);
--> statement-breakpoint
CREATE INDEX prediction_by_time ON prediction (model_id, version_id, ts);
--> statement-breakpoint
CREATE TABLE label (
  model_id integer NOT NULL,
  prediction_id text NOT NULL,
  -- Code of the class, or the value; null while the model's task is not known yet.
  label double precision,
  label_text text,
  ts timestamptz NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, prediction_id)
);
--> statement-breakpoint
-- Rows per hour (grain 1) and day (grain 24).
CREATE TABLE traffic_summary (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  grain smallint NOT NULL CHECK (grain IN (1, 24)),
  start timestamptz NOT NULL,
  n bigint NOT NULL,
  errors bigint NOT NULL,
  latency_n bigint NOT NULL,
  latency_sum double precision NOT NULL,
  -- Exponential buckets of latency_ms.
  latency_keys integer[] NOT NULL,
  latency_counts bigint[] NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, version_id, grain, start)
);
--> statement-breakpoint
-- Sparse histograms of one column per hour and day, which add up: each write brings a part of its own, and compaction
-- makes one of many. feature_id 0 is the prediction, -1 the score.
-- keys are bin numbers of the baseline, exponential buckets where there is none, or category codes.
CREATE SEQUENCE summary_part;
--> statement-breakpoint
CREATE TABLE feature_summary (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  feature_id integer NOT NULL,
  baseline_id integer NOT NULL,
  grain smallint NOT NULL CHECK (grain IN (1, 24)),
  start timestamptz NOT NULL,
  n bigint NOT NULL,
  missing bigint NOT NULL,
  sum double precision NOT NULL,
  sum_squared double precision NOT NULL,
  min double precision,
  max double precision,
  keys integer[] NOT NULL,
  counts bigint[] NOT NULL,
  part bigint NOT NULL,
  PRIMARY KEY (model_id, version_id, baseline_id, grain, start, feature_id, part)
);
--> statement-breakpoint
-- Labelled predictions per hour and day of the prediction, by true and predicted class (0, 0 for regression).
-- Sums are numeric, which adds exactly: any order of arrival, and any correction, ends at the same digits.
CREATE TABLE performance_summary (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  grain smallint NOT NULL CHECK (grain IN (1, 24)),
  start timestamptz NOT NULL,
  actual integer NOT NULL,
  predicted integer NOT NULL,
  n bigint NOT NULL,
  -- Classification: of the rows with a score, sums over s and its logarithms.
  scored bigint NOT NULL,
  sum_score numeric NOT NULL,
  sum_score_squared numeric NOT NULL,
  sum_log_score numeric NOT NULL,
  sum_log_complement numeric NOT NULL,
  -- Of the rows with a probability per class: of the true class.
  class_scored bigint NOT NULL,
  sum_log_actual numeric NOT NULL,
  -- Bins of logit(score), see score_bin.
  score_keys integer[] NOT NULL,
  score_counts bigint[] NOT NULL,
  -- Regression.
  sum_absolute_error numeric NOT NULL,
  sum_squared_error numeric NOT NULL,
  sum_label numeric NOT NULL,
  sum_label_squared numeric NOT NULL,
  PRIMARY KEY (model_id, version_id, grain, start, actual, predicted)
);
--> statement-breakpoint
CREATE TABLE baseline (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  baseline_id integer NOT NULL CHECK (baseline_id > 0),
  kind text NOT NULL CHECK (kind IN ('file', 'window')),
  window_from timestamptz,
  window_to timestamptz,
  file_name text,
  rows bigint NOT NULL,
  labelled bigint NOT NULL,
  -- Metrics of the baseline rows and their spread over chunks, as lib/performance computes them.
  performance jsonb NOT NULL,
  -- Days before this one still wait for their summaries in this baseline's bins; null = all are done.
  rebuild_before timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (model_id, version_id, baseline_id),
  FOREIGN KEY (model_id, version_id) REFERENCES model_version
);
--> statement-breakpoint
-- The baseline's own distribution of one column, and the bins made from it.
CREATE TABLE baseline_feature (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  baseline_id integer NOT NULL,
  feature_id integer NOT NULL,
  -- Ascending bin edges of a number; null for categories.
  edges double precision[],
  -- Which of the edges bound the bars that are shown and scored.
  display integer[],
  n bigint NOT NULL,
  missing bigint NOT NULL,
  sum double precision NOT NULL,
  sum_squared double precision NOT NULL,
  min double precision,
  max double precision,
  keys integer[] NOT NULL,
  counts bigint[] NOT NULL,
  PRIMARY KEY (model_id, version_id, baseline_id, feature_id)
);
--> statement-breakpoint
-- The baseline's rows, column by column in row order, float64 little-endian, NaN = missing.
-- feature_id 0 is the prediction, -1 the score, -2 the label.
CREATE TABLE baseline_column (
  model_id integer NOT NULL,
  version_id integer NOT NULL,
  baseline_id integer NOT NULL,
  feature_id integer NOT NULL,
  chunk integer NOT NULL,
  data bytea NOT NULL,
  PRIMARY KEY (model_id, version_id, baseline_id, feature_id, chunk)
);
--> statement-breakpoint
CREATE TABLE api_key (
  key_id text PRIMARY KEY,
  name text NOT NULL,
  prefix text NOT NULL,
  -- SHA-256 of the whole key; the key has 160 random bits, so a slow hash would add nothing.
  hash text NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);
--> statement-breakpoint
CREATE TABLE audit_event (
  event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  before jsonb,
  after jsonb
);
