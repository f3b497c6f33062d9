/** What must happen to a client before its process or its page goes away. */
export interface Leaving {
  /** Rows that are not with the server yet. */
  readonly pending: number;
  flush(): Promise<void>;
}

const clients = new Set<Leaving>();
const SIGNALS = ["SIGTERM", "SIGINT"] as const;
/** Orchestrators usually wait 10 s or more between SIGTERM and SIGKILL. */
const LONGEST_FLUSH_MS = 5_000;

/** Flushes the client when the event loop runs dry, on SIGTERM and SIGINT, and when the page is hidden. */
export function flushBeforeExit(client: Leaving): void {
  if (clients.size === 0) listen();
  clients.add(client);
}

/** A closed client needs no flush. When none is left, the process has the listeners it had before. */
export function forget(client: Leaving): void {
  if (clients.delete(client) && clients.size === 0) unlisten();
}

/** A failed flush has already told its rows to `onFailed`; here it must not become an unhandled rejection. */
async function flushAll(): Promise<void> {
  await Promise.allSettled(
    [...clients].filter((client) => client.pending > 0).map((client) => client.flush()),
  );
}

/** Only while rows wait: work started here makes Node emit `beforeExit` once more. */
function onBeforeExit(): void {
  void flushAll();
}

/**
 * A listener takes away the signal's default, which is to end the process. So when ours was the only one,
 * the signal is sent again after the flush and does what it would have done; when the application has its
 * own listener, that one decides.
 */
async function onSignal(signal: NodeJS.Signals): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const longEnough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LONGEST_FLUSH_MS);
  });
  await Promise.race([flushAll(), longEnough]);
  clearTimeout(timer);
  unlisten();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  else if (clients.size > 0) listen();
}

function onHidden(): void {
  if (document.visibilityState === "hidden") void flushAll();
}

function listen(): void {
  if (typeof process !== "undefined" && typeof process.on === "function") {
    process.on("beforeExit", onBeforeExit);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  if (typeof document !== "undefined") document.addEventListener("visibilitychange", onHidden);
}

function unlisten(): void {
  if (typeof process !== "undefined" && typeof process.off === "function") {
    process.off("beforeExit", onBeforeExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
  if (typeof document !== "undefined") document.removeEventListener("visibilitychange", onHidden);
}
