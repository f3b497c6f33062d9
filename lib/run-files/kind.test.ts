import { expect, test } from "vitest";
import { imageType, kindOf } from "./kind";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

test("a picture is known by its bytes, not by its name", () => {
  expect(imageType(bytes("\x89PNG\r\n\x1a\nrest"))).toBe("image/png");
  expect(imageType(bytes("RIFF0000WEBPVP8 "))).toBe("image/webp");
  expect(kindOf("plot.png", bytes("<script>alert(1)</script>"))).toBe("text");
});

test("what could act is text", () => {
  expect(kindOf("report.html", bytes("<script></script>"))).toBe("text");
  expect(kindOf("drawing.svg", bytes("<svg onload='x()'/>"))).toBe("text");
});

test("tables and JSON by their names, what has a zero byte not at all", () => {
  expect(kindOf("a/b.CSV", bytes("x,y"))).toBe("table");
  expect(kindOf("a.json", bytes("{}"))).toBe("json");
  expect(kindOf("model.pkl", bytes("\x80\x04\x00"))).toBe("none");
  expect(kindOf("MLmodel", bytes("flavors:"))).toBe("text");
});
