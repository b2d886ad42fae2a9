import { pino } from 'pino';

/** Structured lines on stderr; stdout belongs to what a command prints. Never a person's text, never a secret. */
export type Log = Pick<ReturnType<typeof pino>, 'error' | 'warn' | 'info' | 'debug' | 'trace'>;

/** @param level one of pino's levels, or `silent` */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
