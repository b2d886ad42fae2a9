/**
 * Works off tasks side by side, and gives the results as they come. Tasks of one lane (a host) go one after the other, and
 * lanes take turns, so that a slow one holds up itself alone.
 * @param work never rejects for what is wrong with one task
 */
export async function* inLanes<T, R>(
  tasks: readonly T[],
  options: {
    readonly laneOf: (task: T) => string;
    readonly atOnce: number;
    readonly work: (task: T) => Promise<R>;
    readonly signal: AbortSignal;
  },
): AsyncGenerator<R> {
  const { laneOf, atOnce, work, signal } = options;
  const lanes = new Map<string, T[]>();
  for (const task of tasks) {
    const lane = lanes.get(laneOf(task));
    if (lane) lane.push(task);
    else lanes.set(laneOf(task), [task]);
  }
  const waiting = [...lanes.values()];
  const running = new Set<Promise<{ readonly result: R; readonly done: () => void }>>();

  function fill(): void {
    while (running.size < atOnce) {
      const lane = waiting.shift();
      const task = lane?.shift();
      if (lane === undefined || task === undefined) return;
      const mine = work(task).then((result) => ({
        result,
        done() {
          running.delete(mine);
          if (lane.length > 0) waiting.push(lane);
        },
      }));
      running.add(mine);
    }
  }

  try {
    for (fill(); running.size > 0; fill()) {
      const { result, done } = await Promise.race(running);
      signal.throwIfAborted();
      done();
      yield result;
    }
  } finally {
    // Whoever stops listening has no use for what is still under way, nor for how it ends.
    for (const left of running) left.catch(() => {});
  }
}
