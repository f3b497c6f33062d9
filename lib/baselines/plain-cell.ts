/** What pandas, R and Excel write where there is no value. */
export const MISSING_TEXT = new Set(["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "<NA>"]);
export const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
export const INFINITE = /^[+-]?inf(inity)?$/i;
