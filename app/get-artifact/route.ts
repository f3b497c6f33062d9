import { RUN_FILE } from "@/lib/mlflow/run-file";
import { serveAt } from "@/lib/mlflow/serve";

export const GET = serveAt(RUN_FILE);
