import { createTask, validate } from 'node-cron';

/** Calls at the moments that an expression names. */
export interface Cron {
  /** @param expression five fields, local time. @returns what ends it */
  every(expression: string, call: () => void): () => void;
  /** When an expression that is in use comes next, in milliseconds since 1970. */
  nextMs(expression: string): number | undefined;
}

export const isCron = (expression: string): boolean =>
  /^\S+(?:\s+\S+){4}$/.test(expression.trim()) && validate(expression);

/** node-cron, on the machine's clock. */
export function createCron(): Cron {
  const tasks = new Map<string, ReturnType<typeof createTask>>();
  return {
    every(expression, call) {
      const task = createTask(expression, call, { suppressMissedWarning: true });
      tasks.set(expression, task);
      void task.start();
      return () => {
        void task.destroy();
        tasks.delete(expression);
      };
    },
    nextMs: (expression) => tasks.get(expression)?.getNextRun()?.getTime(),
  };
}
