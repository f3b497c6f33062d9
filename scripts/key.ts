import nextEnvironment from "@next/env";
import { openStore } from "@/lib/db/client";
import { type KeyCommand, parseKeyCommand } from "@/lib/keys/arguments";
import { createKey } from "@/lib/keys/create";
import { listKeys } from "@/lib/keys/list";
import { revokeKey } from "@/lib/keys/revoke";
import { ApiKey, ApiKeyList, CreatedApiKey } from "@/lib/keys/schema";
import { readSettings, type Settings } from "@/lib/settings";
import { askServer } from "./ask-server";

/**
 * npm run key: makes, lists and revokes API keys, in the store itself or, where a running server holds the embedded
 * one, through its API with TIDEMARK_BOOTSTRAP_KEY.
 */
type Keys = {
  create(name: string, scopes: CreatedApiKey["key"]["scopes"]): Promise<CreatedApiKey>;
  list(): Promise<ApiKeyList>;
  revoke(id: string): Promise<ApiKey>;
};

async function withKeys(settings: Settings, work: (keys: Keys) => Promise<void>): Promise<void> {
  const store = await openStore({ ...settings, poolSize: 2 }).catch((error: Error) => {
    if (!/held by another/.test(error.message)) throw error;
    return null;
  });
  if (!store) return work(throughServer(settings));
  try {
    await work({
      create: (name, scopes) => createKey(store.db, { name, scopes }, "cli"),
      list: () => listKeys(store.db),
      revoke: (id) => revokeKey(store.db, id, "cli"),
    });
  } finally {
    await store.close();
  }
}

function throughServer(settings: Settings): Keys {
  const call = (path: string, init: RequestInit) => askServer(settings, `/api/v1/keys${path}`, init);
  return {
    create: async (name, scopes) =>
      CreatedApiKey.parse(await call("", { method: "POST", body: JSON.stringify({ name, scopes }) })),
    list: async () => ApiKeyList.parse(await call("", {})),
    revoke: async (id) => ApiKey.parse(await call(`/${encodeURIComponent(id)}`, { method: "DELETE" })),
  };
}

async function perform(command: KeyCommand, keys: Keys): Promise<void> {
  if (command.verb === "create") {
    const { key, secret } = await keys.create(command.name, command.scopes);
    console.error(`Made "${key.name}" (${key.scopes.join(", ")}), id ${key.id}. The key, shown this once:`);
    console.log(secret);
  } else if (command.verb === "revoke") {
    const key = await keys.revoke(command.id);
    console.error(`"${key.name}" was revoked at ${key.revoked_at}; servers stop taking it within 5 seconds.`);
  } else {
    const all = (await keys.list()).keys;
    if (all.length === 0)
      console.error("There are no keys yet: npm run key -- create --name <name> --scope ingest");
    for (const key of all) {
      const state = key.revoked_at ? `revoked ${key.revoked_at}` : `last used ${key.last_used_at ?? "never"}`;
      console.log(`${key.id}  ${key.prefix}…  ${key.scopes.join(",")}  ${key.name}  (${state})`);
    }
  }
}

try {
  nextEnvironment.loadEnvConfig(process.cwd());
  const command = parseKeyCommand(process.argv.slice(2));
  await withKeys(readSettings(process.env), (keys) => perform(command, keys));
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
