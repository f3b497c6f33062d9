import { expect, test } from "vitest";
import { isMoment } from "./moment";
import { Timestamp } from "./wire";

test.each([
  "2001-02-23T00:00:00Z",
  "2001-02-23T00:00Z",
  "2001-02-23T00:00:00.123456Z",
  "2001-02-23T00:00:00+02:00",
  "2000-02-29T00:00:00Z",
  "2001-02-29T00:00:00Z",
  "2001-02-30T12:00:00Z",
  "2001-13-01T00:00:00Z",
  "2001-02-23T24:00:00Z",
  "2001-02-23T23:60:00Z",
  "2001-02-23T00:00:00+25:00",
  "2001-02-23",
  "2001-02-23 00:00:00Z",
  "2001-02-23T00:00:00",
  "0000-01-01T00:00:00Z",
  "0000-01-01T00:00:00+01:00",
  "9999-12-31T23:59:59-01:00",
  "+012001-02-23T00:00:00Z",
  "yesterday",
  "",
])("a page and the API agree whether %j is a moment", (text) => {
  expect(isMoment(text)).toBe(Timestamp.safeParse(text).success);
});
