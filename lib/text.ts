/** What the store could not keep in a text, or "" when it can. */
export function badText(text: string): string {
  if (text.includes("\u0000")) return "contains a NUL character; remove it";
  if (!text.isWellFormed()) return "contains half of a surrogate pair; send valid Unicode";
  return "";
}
