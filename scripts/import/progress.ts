const LINE_EVERY_MS = 5000;
const REDRAW_EVERY_MS = 200;

/** Says how far it is: on a terminal in one line that changes, in a log in a line every few seconds. */
export function showProgress(words: () => string, out: NodeJS.WriteStream = process.stderr): () => void {
  const draw = out.isTTY
    ? () => out.write(`\r\u001b[2K${words().slice(0, (out.columns || 80) - 1)}`)
    : () => out.write(`${words()}\n`);
  const timer = setInterval(draw, out.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS);
  return () => {
    clearInterval(timer);
    if (out.isTTY) out.write("\r\u001b[2K");
  };
}
