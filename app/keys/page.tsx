import type { Metadata } from "next";
import { KeysPanel } from "@/components/keys/keys-panel";
import { listKeys } from "@/lib/keys/list";
import { keysQuery } from "@/lib/keys/query";
import { keysOf } from "@/lib/keys/rights";
import { ApiKeyList } from "@/lib/keys/schema";
import { Prefetched } from "../prefetched";

export const metadata: Metadata = { title: "API keys" };

export default function KeysPage() {
  return (
    <>
      <h1 className="mb-2 text-base">API keys</h1>
      <Prefetched
        scope="admin"
        least="viewer"
        load={(ask) =>
          ask({
            query: keysQuery(),
            reply: ApiKeyList,
            verb: ({ db }, _, visitor) => listKeys(db, keysOf(visitor)),
          })
        }
      >
        <KeysPanel />
      </Prefetched>
    </>
  );
}
