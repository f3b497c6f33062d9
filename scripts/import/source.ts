import { Refused, type Remote } from "./remote";

/** MLflow's replies, as far as they are read. protobuf writes 64-bit numbers as text, and leaves out what is empty. */
export type Pair = { key: string; value?: string };
export type Long = number | string;
export type SourceExperiment = {
  experiment_id: string;
  name: string;
  artifact_location?: string;
  lifecycle_stage?: "active" | "deleted";
  creation_time?: Long;
  last_update_time?: Long;
  tags?: Pair[];
};
export type SourceMetric = { key: string; value: number | string; timestamp?: Long; step?: Long };
export type SourceDataset = {
  tags?: Pair[];
  dataset: {
    name: string;
    digest: string;
    source_type?: string;
    source?: string;
    schema?: string;
    profile?: string;
  };
};
export type SourceRun = {
  info: {
    run_id: string;
    run_name?: string;
    experiment_id: string;
    user_id?: string;
    status?: string;
    start_time?: Long;
    end_time?: Long;
    artifact_uri?: string;
    lifecycle_stage?: "active" | "deleted";
  };
  data?: { metrics?: SourceMetric[]; params?: Pair[]; tags?: Pair[] };
  inputs?: { dataset_inputs?: SourceDataset[]; model_inputs?: { model_id: string }[] };
  outputs?: { model_outputs?: { model_id: string; step?: Long }[] };
};
export type SourceLoggedModel = {
  info: {
    model_id: string;
    experiment_id: string;
    name?: string;
    creation_timestamp_ms?: Long;
    last_updated_timestamp_ms?: Long;
    artifact_uri?: string;
    status?: string | number;
    status_message?: string;
    model_type?: string;
    source_run_id?: string;
    tags?: Pair[];
  };
  data?: {
    params?: Pair[];
    metrics?: (SourceMetric & { run_id?: string; dataset_name?: string; dataset_digest?: string })[];
  };
};
export type SourceModel = {
  name: string;
  creation_timestamp?: Long;
  last_updated_timestamp?: Long;
  user_id?: string;
  description?: string;
  tags?: Pair[];
  aliases?: { alias: string; version: string }[];
};
export type SourceVersion = {
  name: string;
  version: string;
  creation_timestamp?: Long;
  last_updated_timestamp?: Long;
  user_id?: string;
  current_stage?: string;
  description?: string;
  source?: string;
  run_id?: string;
  run_link?: string;
  status?: string;
  model_id?: string;
  tags?: Pair[];
};

const API = "/api/2.0/mlflow";
const POINTS_PER_PAGE = 5000;

type Paged = { next_page_token?: string };

async function* pages<Reply extends Paged>(ask: (token?: string) => Promise<Reply>): AsyncGenerator<Reply> {
  let token: string | undefined;
  do {
    const page = await ask(token);
    yield page;
    token = page.next_page_token || undefined;
  } while (token);
}

/** What an MLflow server holds, page by page: never more than a page is in memory. */
export class Source {
  constructor(readonly remote: Remote) {}

  async *experiments(): AsyncGenerator<SourceExperiment> {
    const ask = (page_token?: string) =>
      this.remote.post<Paged & { experiments?: SourceExperiment[] }>(`${API}/experiments/search`, {
        view_type: "ALL",
        max_results: 200,
        order_by: ["experiment_id ASC"],
        page_token,
      });
    for await (const page of pages(ask)) yield* page.experiments ?? [];
  }

  /** Oldest first: runs that start meanwhile come at the end and move no page. */
  async *runs(experimentId: string): AsyncGenerator<SourceRun> {
    const ask = (page_token?: string) =>
      this.remote.post<Paged & { runs?: SourceRun[] }>(`${API}/runs/search`, {
        experiment_ids: [experimentId],
        run_view_type: "ALL",
        max_results: 100,
        order_by: ["attributes.start_time ASC"],
        page_token,
      });
    for await (const page of pages(ask)) yield* page.runs ?? [];
  }

  async run(runId: string): Promise<SourceRun> {
    return (await this.remote.get<{ run: SourceRun }>(`${API}/runs/get`, { run_id: runId })).run;
  }

  async *history(runId: string, key: string): AsyncGenerator<SourceMetric[]> {
    const ask = (page_token?: string) =>
      this.remote.get<Paged & { metrics?: SourceMetric[] }>(`${API}/metrics/get-history`, {
        run_id: runId,
        metric_key: key,
        max_results: POINTS_PER_PAGE,
        page_token,
      });
    for await (const page of pages(ask)) yield page.metrics ?? [];
  }

  /** None on servers before 3, which do not know them. */
  async *loggedModels(experimentId: string): AsyncGenerator<SourceLoggedModel> {
    const ask = (page_token?: string) =>
      this.remote.post<Paged & { models?: SourceLoggedModel[] }>(`${API}/logged-models/search`, {
        experiment_ids: [experimentId],
        max_results: 50,
        page_token,
      });
    try {
      for await (const page of pages(ask)) yield* page.models ?? [];
    } catch (error) {
      if (!(error instanceof Refused && (error.status === 404 || error.status === 405))) throw error;
    }
  }

  async *models(): AsyncGenerator<SourceModel> {
    const ask = (page_token?: string) =>
      this.remote.get<Paged & { registered_models?: SourceModel[] }>(`${API}/registered-models/search`, {
        max_results: 100,
        page_token,
      });
    for await (const page of pages(ask)) yield* page.registered_models ?? [];
  }

  async *versions(model: string): AsyncGenerator<SourceVersion> {
    const quote = model.includes("'") ? '"' : "'";
    const ask = (page_token?: string) =>
      this.remote.get<Paged & { model_versions?: SourceVersion[] }>(`${API}/model-versions/search`, {
        filter: `name = ${quote}${model}${quote}`,
        max_results: 200,
        page_token,
      });
    for await (const page of pages(ask)) yield* page.model_versions ?? [];
  }

  /** Where the files of a version are; null where the server does not say. */
  async downloadUri(name: string, version: string): Promise<string | null> {
    try {
      const reply = await this.remote.get<{ artifact_uri?: string }>(
        `${API}/model-versions/get-download-uri`,
        {
          name,
          version,
        },
      );
      return reply.artifact_uri || null;
    } catch (error) {
      if (error instanceof Refused) return null;
      throw error;
    }
  }

  /** How many files and folders a run has at its root, wherever they are. */
  async rootEntries(runId: string): Promise<number> {
    try {
      const reply = await this.remote.get<{ files?: unknown[] }>(`${API}/artifacts/list`, { run_id: runId });
      return reply.files?.length ?? 0;
    } catch (error) {
      if (error instanceof Refused) return 0;
      throw error;
    }
  }
}
