/** Ends the import: a later one goes on from there. */
export class Stop extends Error {}

/** One thing was refused, for good; the next may be taken. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

const WAITS_MS = [200, 500, 1500, 4000];
const AGAIN = new Set([429, 500, 502, 503, 504]);

type Call = {
  query?: Record<string, string | number | undefined>;
  json?: unknown;
  /** Made anew for each attempt. */
  body?: () => Promise<BodyInit>;
};

/** A server at the other end: says which one it is when something is wrong with it. */
export class Remote {
  #answered = false;

  constructor(
    /** "the MLflow server" */
    readonly name: string,
    readonly base: string,
    private readonly authorization: string | null,
    /** What to do about a refusal of credentials. */
    private readonly remedy: string,
  ) {}

  get label(): string {
    return `${this.name} at ${this.base}`;
  }

  async get<Reply>(path: string, query: Call["query"] = {}): Promise<Reply> {
    return this.#read<Reply>(await this.send("GET", path, { query }));
  }

  async post<Reply>(path: string, json: unknown): Promise<Reply> {
    return this.#read<Reply>(await this.send("POST", path, { json }));
  }

  /**
   * Sends until it is answered.
   * @throws Stop where nobody answers, or credentials or the server fail; Refused where the request is refused
   */
  async send(method: string, path: string, { query = {}, json, body }: Call): Promise<Response> {
    const url = new URL(`${this.base}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    for (let attempt = 0; ; attempt++) {
      const wait = WAITS_MS[attempt];
      let response: Response;
      try {
        response = await fetch(url, {
          method,
          headers: {
            ...(this.authorization ? { authorization: this.authorization } : {}),
            ...(json === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(json === undefined ? {} : { body: JSON.stringify(json) }),
          ...(body ? { body: await body(), duplex: "half" } : {}),
        } as RequestInit);
      } catch (error) {
        // Who has never answered is not there; who has may be restarting.
        if (wait === undefined || !this.#answered)
          throw new Stop(`cannot reach ${this.label}: ${causeOf(error)}`);
        await pause(wait);
        continue;
      }
      if (response.ok) {
        this.#answered = true;
        return response;
      }
      const said = await saidBy(response);
      if (response.status === 401 || response.status === 403) {
        throw new Stop(`${this.label} refuses (${response.status}): ${said}. ${this.remedy}`);
      }
      if (AGAIN.has(response.status)) {
        if (wait === undefined || !this.#answered)
          throw new Stop(`${this.label} failed (${response.status}): ${said}`);
        await pause(wait);
        continue;
      }
      throw new Refused(said, response.status);
    }
  }

  async #read<Reply>(response: Response): Promise<Reply> {
    const text = await response.text();
    try {
      return JSON.parse(text) as Reply;
    } catch {
      throw new Stop(`${this.label} does not answer in JSON: is this the right address?`);
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function causeOf(error: unknown): string {
  const cause = (error as Error).cause as { code?: string; message?: string } | undefined;
  return cause?.code || cause?.message || (error as Error).message;
}

/** The message of an error in MLflow's shape or in Tidemark's; else the first line of what came. */
async function saidBy(response: Response): Promise<string> {
  const text = await response.text().catch(() => "");
  try {
    const said = JSON.parse(text) as { message?: string; error?: { message?: string } };
    return (said.error?.message ?? said.message ?? text).slice(0, 400);
  } catch {
    return (
      text
        .replace(/<[^>]*>/g, " ")
        .trim()
        .split("\n")[0]!
        .slice(0, 200) || response.statusText
    );
  }
}
