import type { z } from "zod";
import { GateCheck, Promotion } from "@/lib/promotions/schema";
import { ErrorReply } from "@/lib/wire";
import type { GateCommand } from "./arguments";

/** What the server refused, in its words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: readonly unknown[],
  ) {
    super(message);
  }
}

/** The few calls that a gate makes. */
export class Client {
  constructor(private readonly command: GateCommand) {}

  gates(): Promise<GateCheck> {
    const { model, version, target } = this.command;
    const at = [model, version].map(encodeURIComponent);
    return this.call(
      GateCheck,
      `/api/v1/models/${at[0]}/versions/${at[1]}/gates?${new URLSearchParams({ [target.kind]: target.name })}`,
    );
  }

  promotion(id: string): Promise<Promotion> {
    return this.call(Promotion, `/api/v1/promotions/${encodeURIComponent(id)}`);
  }

  ask(reason: string): Promise<Promotion> {
    const { model, version, target } = this.command;
    return this.call(Promotion, "/api/v1/promotions", { model, version, target, reason });
  }

  private async call<Reply>(schema: z.ZodType<Reply>, path: string, body?: object): Promise<Reply> {
    const { server, key } = this.command;
    const response = await fetch(`${server}${path}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((cause: unknown) => {
      throw new Error(`no Tidemark answers at ${server}: set --server or TIDEMARK_URL to its address`, {
        cause,
      });
    });
    const reply: unknown = await response.json().catch(() => null);
    if (response.ok) return schema.parse(reply);
    const refusal = ErrorReply.safeParse(reply);
    if (refusal.success)
      throw new Refused(response.status, refusal.data.error.message, refusal.data.error.details);
    throw new Refused(response.status, `${server} answered ${response.status}`, []);
  }
}
