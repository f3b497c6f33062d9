import { serveMlflow } from "@/lib/mlflow/serve";

const prefix = "/api/2.0";

export const GET = serveMlflow("GET", prefix);
export const POST = serveMlflow("POST", prefix);
export const PUT = serveMlflow("PUT", prefix);
export const PATCH = serveMlflow("PATCH", prefix);
export const DELETE = serveMlflow("DELETE", prefix);
