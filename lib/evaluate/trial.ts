/** What trying a backend has shown: how long a batch took, and what it answered. */
export type Trial = { backend: string; milliseconds: number; values: ArrayLike<number> };

/** A backend that answers late, or never (WebGPU without a graphics card has been seen to), is left alone after so long. */
export const TRIAL_TIMEOUT_MS = 5_000;
/** Below that a trial, which starts a worker and loads the model again, costs more than it could save. */
const WORTH_MS = 2_000;
/** How much faster another backend must be: a trial of one batch is no finer measure. */
const FASTER = 1.25;
/** Graphics cards compute with less than 32 bits here and there. */
const TOLERANCE = 1e-3;

export const isWorthTrying = (usual: Trial, batchRows: number, rows: number): boolean =>
  (usual.milliseconds / batchRows) * rows > WORTH_MS;

/**
 * The fastest of some backends that answers as the usual one does.
 * @param attempts others to try, each in a worker of its own that `stop` ends
 * @returns the backend, and in words why others were passed over
 */
export async function chooseBackend(
  usual: Trial,
  attempts: readonly { backend: string; run: () => Promise<Trial>; stop: () => void }[],
  { timeoutMs = TRIAL_TIMEOUT_MS, insist = false }: { timeoutMs?: number; insist?: boolean } = {},
): Promise<{ backend: string; notes: string[] }> {
  const notes: string[] = [];
  let best = { ...usual, milliseconds: insist ? Number.POSITIVE_INFINITY : usual.milliseconds / FASTER };
  for (const attempt of attempts) {
    const { backend } = attempt;
    try {
      const trial = await within(timeoutMs, attempt.run());
      const apart = furthest(usual.values, trial.values);
      if (apart > TOLERANCE)
        notes.push(`${backend} was passed over: its scores are up to ${apart.toPrecision(2)} off`);
      else if (trial.milliseconds < best.milliseconds) best = { ...trial, backend };
    } catch (error) {
      notes.push(`${backend} was passed over: ${(error as Error).message}`);
    } finally {
      attempt.stop();
    }
  }
  return { backend: best.backend, notes };
}

function furthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const apart = Math.abs(a[i]! - b[i]!);
    if (!(apart <= most)) most = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
  }
  return most;
}

function within<Value>(timeoutMs: number, work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`it gave no answer in ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    );
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
