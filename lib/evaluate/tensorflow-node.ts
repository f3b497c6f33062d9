import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";

/**
 * tfjs on WebAssembly where it starts, else in plain JavaScript; without its advertisement for another package.
 *
 * Its WebAssembly loader makes itself the process's handler of uncaught errors and rejections and would print
 * 100 kB of its own code before each: what it added is taken away again.
 */
export async function startTensorflow(): Promise<typeof tf> {
  const handlers: NodeJS.EventEmitter = process;
  const before = new Map(TAKEN_OVER.map((event) => [event, handlers.listeners(event)]));
  tf.enableProdMode();
  if (!(await tf.setBackend("wasm").catch(() => false))) await tf.setBackend("cpu");
  await tf.ready();
  for (const event of TAKEN_OVER) {
    for (const listener of handlers.listeners(event)) {
      if (!before.get(event)!.includes(listener)) handlers.off(event, listener as () => void);
    }
  }
  return tf;
}

const TAKEN_OVER = ["uncaughtException", "unhandledRejection"];
