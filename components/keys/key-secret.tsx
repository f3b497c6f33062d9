import { curlPredictions } from "@/components/connect/snippets";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { useOrigin } from "@/components/ui/use-origin";
import type { CreatedApiKey } from "@/lib/keys/schema";

export function KeySecret({ created, onDone }: { created: CreatedApiKey; onDone: () => void }) {
  const url = useOrigin();
  const mayIngest = created.key.scopes.some((scope) => scope !== "read");
  return (
    <>
      <CodeBlock label="The key" code={created.secret} wrap />
      {mayIngest ? (
        <details>
          <summary className="w-fit text-mute hover:text-ink">Try it: a first prediction, by curl</summary>
          <CodeBlock label="curl" code={curlPredictions({ url, key: created.secret })} className="mt-2" />
        </details>
      ) : null}
      <Button tone="primary" className="w-fit" onClick={onDone}>
        I have copied it
      </Button>
    </>
  );
}
