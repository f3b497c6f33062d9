"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { endpoints, openApiQuery } from "@/lib/http/openapi-document";
import { EndpointDetails } from "./endpoint-details";

/** /api/openapi.json, to be read by people. */
export function ApiReference() {
  const [filter, setFilter] = useState("");
  const { data, error, refetch } = useQuery(openApiQuery());
  if (!data) {
    if (error) {
      return <ErrorState what="The API description could not be loaded" error={error} onRetry={refetch} />;
    }
    return (
      <div role="status" aria-label="Loading the API description">
        <Skeleton className="mb-3 h-12 w-full max-w-3xl" />
        <Skeleton className="h-96 w-full max-w-4xl rounded-lg" />
      </div>
    );
  }
  const all = endpoints(data);
  const shown = all.filter(({ method, path, operation }) =>
    `${method} ${path} ${operation.summary ?? ""}`.toLowerCase().includes(filter.trim().toLowerCase()),
  );
  return (
    <>
      <p className="verdict mb-2">
        JSON in snake_case, times in RFC 3339 and UTC, a key in <code>Authorization: Bearer</code>.
      </p>
      <p className="mb-3 text-mute">
        Version {data.info.version}. Made from the schemas that the server checks with; for tools:{" "}
        <a href="/api/openapi.json" className="link">
          /api/openapi.json
        </a>
        . To begin,{" "}
        <Link href="/connect" className="link">
          connect a client
        </Link>
        .
      </p>
      <div className="mb-3 flex items-center gap-2">
        <Input
          type="search"
          aria-label="Filter the requests"
          placeholder="Filter the requests"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          className="w-full sm:w-64"
        />
        <output className="whitespace-nowrap text-mute text-xs">
          {shown.length === all.length ? `${all.length} requests` : `${shown.length} of ${all.length}`}
        </output>
      </div>
      <ul className="max-w-4xl divide-y divide-line-soft rounded-lg border border-line bg-card">
        {shown.map((endpoint) => (
          <li key={endpoint.id}>
            <EndpointDetails endpoint={endpoint} document={data} />
          </li>
        ))}
        {shown.length === 0 ? <li className="px-3.5 py-3 text-mute">No request fits this filter.</li> : null}
      </ul>
    </>
  );
}
