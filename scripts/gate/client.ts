import { GateCheck, Promotion } from "@/lib/promotions/schema";
import { TidemarkClient } from "../tidemark-client";
import type { GateCommand } from "./arguments";

/** The few calls that a gate makes. */
export class Client {
  private readonly server: TidemarkClient;

  constructor(private readonly command: GateCommand) {
    this.server = new TidemarkClient(command);
  }

  gates(): Promise<GateCheck> {
    const { model, version, target } = this.command;
    const at = [model, version].map(encodeURIComponent);
    return this.server.call(
      GateCheck,
      `/api/v1/models/${at[0]}/versions/${at[1]}/gates?${new URLSearchParams({ [target.kind]: target.name })}`,
    );
  }

  promotion(id: string): Promise<Promotion> {
    return this.server.call(Promotion, `/api/v1/promotions/${encodeURIComponent(id)}`);
  }

  ask(reason: string): Promise<Promotion> {
    const { model, version, target } = this.command;
    const json = { model, version, target, reason };
    return this.server.call(Promotion, "/api/v1/promotions", { method: "POST", json });
  }
}
