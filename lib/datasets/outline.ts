import type { DataTable } from "./columns";
import type { DatasetColumn } from "./schema";

/** What a table is made of, without its values. O(rows · columns). */
export function outlineOf({ columns }: DataTable): DatasetColumn[] {
  return columns.map((column) => {
    let missing = 0;
    if (column.type === "category") {
      for (const code of column.codes) if (code < 0) missing++;
      return { name: column.name, type: column.type, missing, distinct: column.dictionary.length };
    }
    for (const value of column.values) if (Number.isNaN(value)) missing++;
    return { name: column.name, type: column.type, missing, distinct: null };
  });
}
