/** Lets other requests have their turn: a source that is always ready would otherwise keep the process to itself. */
export function breathe(): Promise<void> {
  return new Promise((resolve) =>
    // A browser has no setImmediate.
    typeof setImmediate === "function" ? setImmediate(resolve) : setTimeout(resolve, 0),
  );
}
