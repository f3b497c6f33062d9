import { parse } from "yaml";
import { z } from "zod";

const Mlmodel = z.object({
  flavors: z.object({
    onnx: z.object({ data: z.string() }).optional(),
    python_function: z.object({ loader_module: z.string() }).optional(),
  }),
});

/**
 * The file that whoever loads a logged model is served, as its MLmodel file says: what lies beside it is not the model.
 * @returns null where Python serves it from files that are none an engine here runs; undefined where nothing is said
 */
export function servedFile(mlmodel: string): string | null | undefined {
  const told = Mlmodel.safeParse(parsed(mlmodel));
  if (!told.success) return undefined;
  const { onnx, python_function } = told.data.flavors;
  if (python_function && python_function.loader_module !== "mlflow.onnx") return null;
  return onnx?.data;
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    return null;
  }
}
