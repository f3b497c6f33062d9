import { useEffect, useRef, useState } from "react";
import { Badge, type BadgeTone } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import { type Endpoint, type JsonSchema, type OpenApiDocument, typeWords } from "@/lib/http/openapi-document";
import { SchemaFields } from "./schema-fields";

const TONE: Record<string, BadgeTone> = { GET: "accent", DELETE: "high" };

/** One request: parameters, body, answers. Opens by itself when the address names it. */
export function EndpointDetails({ endpoint, document }: { endpoint: Endpoint; document: OpenApiDocument }) {
  const { id, method, path, operation } = endpoint;
  const [open, setOpen] = useState(false);
  const details = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const follow = () => {
      if (window.location.hash !== `#${id}`) return;
      setOpen(true);
      details.current?.scrollIntoView();
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [id]);

  return (
    <details ref={details} id={id} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5 px-3.5 py-2 -outline-offset-2 hover:bg-hover">
        <Badge tone={TONE[method] ?? "medium"} className="w-14 justify-center">
          {method}
        </Badge>
        <code className="min-w-0 break-all font-mono text-xs">{path}</code>
        <span className="text-mute text-xs sm:ml-auto">{operation.summary}</span>
      </summary>
      {open ? (
        <div className="flex flex-col gap-3 border-line-soft border-t px-3.5 py-3">
          {operation.description ? <p className="max-w-2xl">{operation.description}</p> : null}
          <a href={`#${id}`} className="w-fit text-accent text-xs hover:underline">
            Link to this request
          </a>
          <Parameters endpoint={endpoint} document={document} />
          {operation.requestBody ? (
            <Contents title="Body" content={operation.requestBody.content} document={document} />
          ) : null}
          {Object.entries(operation.responses).map(([status, response]) => (
            <Contents
              key={status}
              title={`Answer ${status}`}
              note={response.description}
              content={response.content ?? {}}
              document={document}
            />
          ))}
        </div>
      ) : null}
    </details>
  );
}

function Parameters({ endpoint, document }: { endpoint: Endpoint; document: OpenApiDocument }) {
  const parameters = endpoint.operation.parameters ?? [];
  if (parameters.length === 0) return null;
  return (
    <div>
      <h2 className="mb-1 font-semibold">Parameters</h2>
      <Table label={`Parameters of ${endpoint.method} ${endpoint.path}`}>
        <thead>
          <tr>
            <Th>name</Th>
            <Th>in</Th>
            <Th>type</Th>
            <Th>what it does</Th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter) => (
            <tr key={`${parameter.in}/${parameter.name}`}>
              <Td className="whitespace-nowrap font-mono text-xs">
                {parameter.name}
                {parameter.required ? <span className="font-sans text-mute"> required</span> : null}
              </Td>
              <Td>{parameter.in}</Td>
              <Td>{parameter.schema ? typeWords(parameter.schema, document) : "text"}</Td>
              <Td>{parameter.description ?? parameter.schema?.description ?? ""}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Contents({
  title,
  note,
  content,
  document,
}: {
  title: string;
  note?: string | undefined;
  content: Record<string, { schema?: JsonSchema | undefined }>;
  document: OpenApiDocument;
}) {
  return (
    <div className="min-w-0">
      <h2 className="mb-1 font-semibold">
        {title} {note ? <span className="font-normal text-mute">{note}</span> : null}
      </h2>
      {Object.entries(content).map(([mediaType, { schema }]) => (
        <div key={mediaType} className="mb-1.5">
          <p className="text-mute text-xs">
            {mediaType}
            {mediaType === "application/x-ndjson" ? ", each line" : ""}
          </p>
          {schema ? <SchemaFields schema={schema} document={document} /> : null}
        </div>
      ))}
    </div>
  );
}
