import { innerObject, type JsonSchema, type OpenApiDocument, typeWords } from "@/lib/http/openapi-document";

/** Deeper than this a schema is folded away. */
const OPEN_DEPTH = 1;

/** The fields of an object, nested ones folded. */
export function SchemaFields({
  schema,
  document,
  depth = 0,
}: {
  schema: JsonSchema;
  document: OpenApiDocument;
  depth?: number;
}) {
  const object = innerObject(schema, document);
  if (!object?.properties) return <p>{typeWords(schema, document)}</p>;
  const required = new Set(object.required);
  return (
    <ul className={depth > 0 ? "border-line border-l pl-3" : undefined}>
      {Object.entries(object.properties).map(([name, field]) => {
        const inner = innerObject(field, document);
        return (
          <li key={name} className="py-0.5">
            <code className="font-mono text-xs">{name}</code>{" "}
            <span className="text-mute text-xs">
              {typeWords(field, document)}
              {required.has(name) ? "" : ", may be left out"}
            </span>
            {field.description ? <span className="block text-soft text-xs">{field.description}</span> : null}
            {inner && inner !== object ? (
              depth < OPEN_DEPTH ? (
                <SchemaFields schema={inner} document={document} depth={depth + 1} />
              ) : (
                <details>
                  <summary className="w-fit text-accent text-xs">fields of {name}</summary>
                  <SchemaFields schema={inner} document={document} depth={depth + 1} />
                </details>
              )
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
