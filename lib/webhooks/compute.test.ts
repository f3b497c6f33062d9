import { expect, test } from "vitest";
import { bodyOf, headersOf, waitAfter } from "./compute";

test("a body has the event in two words, when it was, and what it was", () => {
  const body = bodyOf("model_version_tag.set", 0, { name: "flights" });
  expect(JSON.parse(body)).toEqual({
    entity: "model_version_tag",
    action: "set",
    timestamp: "1970-01-01T00:00:00.000Z",
    data: { name: "flights" },
  });
});

test("it is signed as MLflow signs: HMAC-SHA256 of id, time and body", () => {
  const secret = "test_secret";
  const headers = headersOf('{"a":1}', { deliveryId: "d-1", secret, nowMs: 1_700_000_000_999 });
  // printf 'd-1.1700000000.{"a":1}' | openssl dgst -sha256 -hmac test_secret -binary | base64
  expect(headers).toMatchObject({
    "x-mlflow-delivery-id": "d-1",
    "x-mlflow-timestamp": "1700000000",
    "x-mlflow-signature": "v1,Vpe0uvilf6G71bsqbDXN7EW9R/GGVpV/aG5EspUQ0m4=",
  });
  expect(headersOf("{}", { deliveryId: "d", secret: null, nowMs: 0 })).not.toHaveProperty(
    "x-mlflow-signature",
  );
});

test("waits grow, and end", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((attempts) => waitAfter(attempts)!);
  expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  expect(waitAfter(9)).toBeNull();
});
