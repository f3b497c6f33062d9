import { KEY_PLACEHOLDER } from "@/components/connect/snippets";

export const shellTracking = (url: string) =>
  `pip install mlflow-skinny
export MLFLOW_TRACKING_URI=${url}
export MLFLOW_TRACKING_TOKEN=${KEY_PLACEHOLDER}`;

/** The three lines that log a first run. A JSON string is a Python string. */
export const pythonFirstRun = (experiment?: string) =>
  `import mlflow
${experiment ? `mlflow.set_experiment(${JSON.stringify(experiment)})\n` : ""}with mlflow.start_run():
    mlflow.log_metric("loss", 0.25, step=1)`;
