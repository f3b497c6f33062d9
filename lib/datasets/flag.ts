const FLAG = /^\s*(?:(true)|false)\s*$/i;

/** 1 and 0 for true and false, however they are spelt ("True", "TRUE"); NaN for any other text. */
export function flagOf(text: string): number {
  const found = FLAG.exec(text);
  return found ? Number(found[1] !== undefined) : Number.NaN;
}
