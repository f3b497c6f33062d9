"use client";

import Link from "next/link";
import { CodeBlock } from "@/components/ui/code-block";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { useOrigin } from "@/components/ui/use-origin";
import type { VersionAddress } from "@/lib/models/address";
import { AnswerTable, ErrorTable, RowFields } from "./reference-tables";
import { Section, SectionLinks } from "./section";
import {
  curlBaselineFile,
  curlBaselineWindow,
  curlDrift,
  curlLabels,
  curlPredictions,
  KEY_PLACEHOLDER,
  pythonNdjson,
  pythonPlain,
  typescriptClient,
} from "./snippets";
import { TargetSelect } from "./target-select";

const SECTIONS = [
  { id: "predictions", title: "Log predictions" },
  { id: "answer", title: "What comes back" },
  { id: "identity", title: "Identity and retries" },
  { id: "batches", title: "Batches" },
  { id: "labels", title: "Labels" },
  { id: "baseline", title: "A baseline" },
  { id: "read", title: "Read the reports" },
  { id: "errors", title: "When it refuses" },
];

/** From nothing to a monitored model, with code that needs only a key. */
export function ConnectGuide({
  language,
  onLanguage,
  target,
  onTarget,
}: {
  language: string;
  onLanguage: (language: string) => void;
  target: VersionAddress | null;
  onTarget: (target: VersionAddress | null) => void;
}) {
  const url = useOrigin();
  const context = { url, ...target };
  return (
    <>
      <p className="verdict mb-3">
        A serving system posts what it predicted, and later what really happened. Nothing has to be declared
        first: a model, its version and its features come into being with the first row.
      </p>
      <p className="mb-3 text-mute">
        You need{" "}
        <Link href="/keys" className="link">
          an API key
        </Link>{" "}
        with the scope “ingest”; put it where the code says <code>{KEY_PLACEHOLDER}</code>.
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-2">
        <TargetSelect target={target} onTarget={onTarget} />
      </div>
      <div className="grid gap-x-12 xl:grid-cols-[minmax(0,48rem)_11rem]">
        <div className="flex min-w-0 flex-col gap-8">
          <Section {...SECTIONS[0]!}>
            <Tabs value={language} onValueChange={onLanguage}>
              <TabsList aria-label="Language">
                <TabsTrigger value="curl">curl</TabsTrigger>
                <TabsTrigger value="python">Python</TabsTrigger>
                <TabsTrigger value="ndjson">Python, gzip and NDJSON</TabsTrigger>
                <TabsTrigger value="typescript">TypeScript</TabsTrigger>
              </TabsList>
              <TabsContent value="curl">
                <CodeBlock label="curl" code={curlPredictions(context)} />
              </TabsContent>
              <TabsContent value="python">
                <CodeBlock label="Python, with requests" code={pythonPlain(context)} />
              </TabsContent>
              <TabsContent value="ndjson">
                <CodeBlock label="Python, gzip and NDJSON" code={pythonNdjson(context)} />
                <p className="mt-2 text-mute">
                  NDJSON is a prediction a line, with model and version in the query. It is read as it
                  arrives, so that a file of any length may be sent in one request.
                </p>
              </TabsContent>
              <TabsContent value="typescript">
                <CodeBlock label="TypeScript, Node or browser" code={typescriptClient(context)} />
                <p className="mt-2 text-mute">
                  The client is the folder <code>lib/client</code> of Tidemark’s source: copy it, it has no
                  dependencies. It gives ids, gathers rows for up to a second or 1,000, sends them again when
                  the server is away, and flushes before the process ends.
                </p>
              </TabsContent>
            </Tabs>
            <RowFields />
          </Section>

          <Section {...SECTIONS[1]!}>
            <p>
              A batch is answered row by row. A bad row is refused by itself, with the reason; the other rows
              are kept. When the answer has come, the rows survive a crash of Tidemark and of its database.
            </p>
            <CodeBlock
              label="200 OK"
              code={`{"accepted": 998, "duplicates": 1, "rejected": [
  {"index": 17, "id": "fl-18", "error": "features.distance: expected a number, got \\"far\\""}]}`}
            />
            <AnswerTable />
          </Section>

          <Section {...SECTIONS[2]!}>
            <p>
              A prediction is recognised by its version, its <code>id</code> and its <code>timestamp</code>.
              Sent again with the same three, it changes nothing and counts as a duplicate: after a timeout,
              send the same bytes again.
            </p>
            <ul className="list-disc space-y-1 pl-5">
              <li>Set the timestamp when the prediction is made, not when it is sent.</li>
              <li>Ids need to be unique within the model; a UUID or your own request id serves well.</li>
              <li>
                Several versions may predict the same id, as in a shadow rollout: each is scored by the label.
              </li>
            </ul>
          </Section>

          <Section {...SECTIONS[3]!}>
            <p>
              A request costs the server about a millisecond however little is in it; a row costs a few
              microseconds. So gather rows: <strong className="font-semibold">up to 1,000 a request</strong>,
              or what came in a second. Bodies may be compressed with <code>Content-Encoding: gzip</code>,
              which pays across a network and not within one machine. A JSON body may have 16 MiB unless the
              operator set another limit.
            </p>
          </Section>

          <Section {...SECTIONS[4]!}>
            <p>
              A label is what really happened to a prediction’s id. It may come days later, or before its
              prediction: then it is counted as <code>unmatched</code>, kept, and joined when the prediction
              comes. A later label for the same id replaces the earlier one.
            </p>
            <CodeBlock label="curl" code={curlLabels(context)} />
          </Section>

          <Section {...SECTIONS[5]!}>
            <p>
              Drift is measured against a reference sample: the training or held-out data as a file, whose
              columns are the features and, if you have them, <code>prediction</code>, <code>score</code> and{" "}
              <code>label</code>; or a window of what was logged, frozen. This needs the scope “admin”; the
              page of a version can do it too.
            </p>
            <CodeBlock label="curl, a file: CSV, NDJSON or Parquet" code={curlBaselineFile(context)} />
            <CodeBlock label="curl, a logged window" code={curlBaselineWindow(context)} />
          </Section>

          <Section {...SECTIONS[6]!}>
            <p>
              All that the pages show can be read with a key of the scope “read”.{" "}
              <Link href="/api-docs" className="link">
                The API reference
              </Link>{" "}
              lists every request.
            </p>
            <CodeBlock label="curl" code={curlDrift(context)} />
          </Section>

          <Section {...SECTIONS[7]!}>
            <p>Every refusal names what is wrong, the value, and the remedy:</p>
            <CodeBlock
              label="401"
              code={`{"error": {"code": "unauthenticated", "message": "…", "details": []}}`}
            />
            <ErrorTable />
          </Section>
        </div>
        <SectionLinks sections={SECTIONS} />
      </div>
    </>
  );
}
