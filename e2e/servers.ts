import type { Role } from "@/lib/people/roles";

/** One server per store; the journeys run against both. */
export const SERVERS = {
  embedded: { name: "embedded", port: 3411, url: "http://127.0.0.1:3411" },
  postgres: { name: "postgres", port: 3412, url: "http://127.0.0.1:3412" },
} as const;

/** Admin key of the test servers, which listen on loopback for the length of a run. */
export const BOOTSTRAP_KEY = "e2e-bootstrap-key-0123456789";

/** Environment variable in which global set-up says why there is no server on PostgreSQL. */
export const WITHOUT_POSTGRES = "TIDEMARK_E2E_WITHOUT_POSTGRES";

/** Where global set-up keeps the session of a person of each role, for a server. */
export const sessionFile = (server: string, role: Role): string => `.test/signed-in/${server}-${role}.json`;

/** Of every person that the browser tests make. */
export const PASSWORD = "browser tests, all of them";
export const emailOf = (role: Role): string => `${role}@example.org`;
