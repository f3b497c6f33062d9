const LONGEST = 500;
const MOST_FRAMES = 12;
const MOST_CAUSES = 5;

type Logged = { type: string; message: string; code?: string; stack?: string; cause?: Logged };

/**
 * An error as the log keeps it. Messages are cut: a failed statement's holds the statement and every value of its
 * batch, which are many and nobody's business there.
 */
export function forLog(error: unknown, depth = 0): Logged {
  if (!(error instanceof Error)) return { type: typeof error, message: cut(String(error)) };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: cut(error.message.split("\nparams:", 1)[0]!),
    ...(typeof code === "string" ? { code } : {}),
    ...(frames.length > 0 ? { stack: frames.slice(0, MOST_FRAMES).join("\n") } : {}),
    ...(error.cause !== undefined && depth < MOST_CAUSES ? { cause: forLog(error.cause, depth + 1) } : {}),
  };
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
