import pino from "pino";

/** The server's log: JSON lines on standard error, since standard output belongs to scripts. */
export const log = pino(
  {
    name: "tidemark",
    level: process.env.TIDEMARK_LOG_LEVEL ?? "info",
    redact: ["authorization", "headers.authorization", "secret", "*.secret"],
  },
  pino.destination(2),
);
