import { parse } from "yaml";
import { z } from "zod";

/** A field of a model's signature: `income` → "double, optional". */
export type SignatureField = { name: string; type: string };

const Column = z.object({
  type: z.string(),
  name: z.string().optional(),
  required: z.boolean().optional(),
  "tensor-spec": z.object({ dtype: z.string(), shape: z.array(z.number()) }).optional(),
});
const Columns = z.array(Column);
const Signature = z.object({
  signature: z.object({
    inputs: z.string().nullish(),
    outputs: z.string().nullish(),
    params: z.string().nullish(),
  }),
});

/**
 * What a model takes and gives, as its MLmodel file says: YAML in which inputs, outputs and params are JSON.
 * @returns null where there is no signature that can be read
 */
export function readSignature(
  mlmodel: string,
): { inputs: SignatureField[]; outputs: SignatureField[]; params: SignatureField[] } | null {
  try {
    const { signature } = Signature.parse(parse(mlmodel, { maxAliasCount: 50, logLevel: "error" }));
    return {
      inputs: fields(signature.inputs),
      outputs: fields(signature.outputs),
      params: fields(signature.params),
    };
  } catch {
    return null;
  }
}

const fields = (json: string | null | undefined): SignatureField[] =>
  Columns.parse(JSON.parse(json ?? "[]") ?? []).map(
    ({ name, type, required, "tensor-spec": tensor }, place) => ({
      name: name ?? String(place + 1),
      type: `${tensor ? `${tensor.dtype} tensor (${tensor.shape.join(", ")})` : type}${required === false ? ", optional" : ""}`,
    }),
  );
