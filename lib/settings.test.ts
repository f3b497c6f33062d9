import { expect, test } from "vitest";
import { readSettings } from "./settings";

const BUCKET = { TIDEMARK_ARTIFACTS_S3_BUCKET: "artifacts" };
const KEYS = { AWS_ACCESS_KEY_ID: "usual", AWS_SECRET_ACCESS_KEY: "usual-secret" };

test("artifacts lie in the data folder where no bucket is named, whatever AWS's own variables say", () => {
  expect(readSettings({ ...KEYS, AWS_REGION: "eu-central-1" }).artifactsIn).toBeNull();
});

test("a bucket takes its keys and region from its own variables, else from AWS's", () => {
  expect(
    readSettings({ ...BUCKET, ...KEYS, AWS_SESSION_TOKEN: "t", AWS_DEFAULT_REGION: "eu-west-1" }),
  ).toMatchObject({
    artifactsIn: {
      bucket: "artifacts",
      endpoint: null,
      region: "eu-west-1",
      prefix: "",
      accessKeyId: "usual",
      secretAccessKey: "usual-secret",
      sessionToken: "t",
    },
  });
  const own = {
    TIDEMARK_ARTIFACTS_S3_ENDPOINT: "https://minio.example:9000/",
    TIDEMARK_ARTIFACTS_S3_REGION: "here",
    TIDEMARK_ARTIFACTS_S3_PREFIX: "/ml/artifacts/",
    TIDEMARK_ARTIFACTS_S3_ACCESS_KEY_ID: "own",
    TIDEMARK_ARTIFACTS_S3_SECRET_ACCESS_KEY: "own-secret",
  };
  const given = { ...BUCKET, ...KEYS, AWS_SESSION_TOKEN: "t", AWS_REGION: "eu-west-1", ...own };
  expect(readSettings(given).artifactsIn).toEqual({
    bucket: "artifacts",
    endpoint: "https://minio.example:9000",
    region: "here",
    prefix: "ml/artifacts",
    accessKeyId: "own",
    secretAccessKey: "own-secret",
    sessionToken: null,
  });
});

test("what is missing or wrong is named, and no secret is shown", () => {
  for (const [environment, words] of [
    [
      { TIDEMARK_ARTIFACTS_S3_REGION: "x" },
      "TIDEMARK_ARTIFACTS_S3_REGION is set, and TIDEMARK_ARTIFACTS_S3_BUCKET",
    ],
    [BUCKET, "without credentials"],
    [{ ...BUCKET, ...KEYS, TIDEMARK_ARTIFACTS_S3_ACCESS_KEY_ID: "own" }, "without credentials"],
    [
      { ...BUCKET, ...KEYS, TIDEMARK_ARTIFACTS_S3_ENDPOINT: "minio:9000" },
      "TIDEMARK_ARTIFACTS_S3_ENDPOINT=minio:9000",
    ],
    [{ ...BUCKET, ...KEYS, TIDEMARK_ARTIFACTS_S3_PREFIX: "a/../b" }, "expected a path"],
    [{ TIDEMARK_ARTIFACTS_S3_BUCKET: "a/b", ...KEYS }, "expected the name of a bucket"],
    [{ TIDEMARK_PRIVATE_WEBHOOKS: "yes" }, "TIDEMARK_PRIVATE_WEBHOOKS=yes"],
  ] as const) {
    expect(() => readSettings(environment), words).toThrow(words);
    expect(() => readSettings(environment)).not.toThrow("usual-secret");
  }
});
