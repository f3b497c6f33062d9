import { CodeBlock } from "@/components/ui/code-block";
import { useOrigin } from "@/components/ui/use-origin";

/** What a webhook is for, and how a pipeline makes one by itself. */
export function WebhooksEmpty() {
  const url = useOrigin();
  return (
    <div className="flex max-w-3xl flex-col gap-2">
      <p className="text-soft">
        A webhook tells your deployment, chat or pipeline that a version entered Production, or got an alias:
        at once, again until it is taken, and signed if you give it a secret. A pipeline makes its own, with a
        key of the scope “admin”:
      </p>
      <CodeBlock label="curl" code={curlWebhook(url)} />
      <CodeBlock label="Python (MLflow 3)" code={PYTHON} />
    </div>
  );
}

const curlWebhook = (url: string) => `curl ${url}/api/v1/webhooks \\
  -H "Authorization: Bearer $TIDEMARK_API_KEY" -H 'Content-Type: application/json' \\
  -d '{"name": "deploy", "url": "https://ci.example.com/hook", "secret": "…",
       "events": ["model_version.stage_changed"]}'`;

const PYTHON = `from mlflow import MlflowClient

MlflowClient().create_webhook(
    name="deploy",
    url="https://ci.example.com/hook",
    events=["model_version_alias.created"],
    secret="…",
)`;
