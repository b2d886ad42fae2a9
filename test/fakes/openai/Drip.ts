/** Lets a test give out a stream step by step: every piece, and the ending, waits for one release. */
export interface Drip {
  release(steps?: number): void;
  /** For the server: resolves when a step has been released for it. */
  step(): Promise<void>;
}

export function createDrip(): Drip {
  let released = 0;
  const waiting: (() => void)[] = [];
  return {
    release(steps = 1) {
      for (let i = 0; i < steps; i += 1) {
        const next = waiting.shift();
        if (next) next();
        else released += 1;
      }
    },
    step() {
      if (released > 0) {
        released -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}
