import { serveAt } from "@/lib/mlflow/serve";
import { VERSION_FILE } from "@/lib/mlflow/version-file";

export const GET = serveAt(VERSION_FILE);
