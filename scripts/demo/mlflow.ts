/** The few of MLflow's calls that a training script needs, as its own clients send them. */
export class TrackingClient {
  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {}

  async post<Reply>(path: string, body: object): Promise<Reply> {
    return this.#send<Reply>(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  async get<Reply>(path: string, query: Record<string, string>): Promise<Reply> {
    return this.#send<Reply>(`${path}?${new URLSearchParams(query)}`, { method: "GET" });
  }

  /** @param artifactUri of a run, `mlflow-artifacts:/…` */
  async putArtifact(artifactUri: string, name: string, bytes: string | Buffer): Promise<void> {
    const folder = artifactUri.replace(/^mlflow-artifacts:\/+/, "");
    await this.#send(`mlflow-artifacts/artifacts/${folder}/${name}`, {
      method: "PUT",
      headers: { "content-type": "application/octet-stream" },
      body: bytes as BodyInit,
    });
  }

  async #send<Reply>(path: string, init: RequestInit): Promise<Reply> {
    const reply = await fetch(`${this.url}/api/2.0/${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${this.apiKey}` },
    });
    const text = await reply.text();
    if (reply.ok) return (text ? JSON.parse(text) : {}) as Reply;
    const { error_code = String(reply.status), message = text.slice(0, 200) } = parseError(text);
    throw new TrackingError(error_code, `${path}: ${message}`);
  }
}

/** What MLflow's server says no with. */
export class TrackingError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function parseError(text: string): { error_code?: string; message?: string } {
  try {
    return JSON.parse(text) as { error_code?: string; message?: string };
  } catch {
    return {};
  }
}
