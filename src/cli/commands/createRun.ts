import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Loaded, loadConfig } from '../../../config/load.ts';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { perform } from '../perform.ts';
import { createProgressPrinter } from '../print/progress.ts';
import type { Common, Run } from './Action.ts';

/** The configuration that a command's options, the environment and `.env` come to. */
export type Load = (options: Common) => Loaded;

/** @param configOf the file that was named before the command, if one was */
export function createLoad(configOf: () => string | undefined): Load {
  return (options) => {
    const cwd = process.cwd();
    const file = options.config ?? configOf();
    if (existsSync(resolve(cwd, '.env'))) process.loadEnvFile(resolve(cwd, '.env'));
    return loadConfig(process.env, { cwd, ...(file ? { file } : {}) });
  };
}

/** Has operations done by whoever owns the home, shows how far they are, and hands Ctrl-C on. */
export function createRun(loaded: Load): Run {
  return async <R>(...[options, output, operation, args]: Parameters<Run>) => {
    const printer = createProgressPrinter(output);
    const interrupted = new AbortController();
    const interrupt = () => interrupted.abort(new BackscrollError('cancelled', 'Stopped.'));
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    try {
      const io = { signal: interrupted.signal, progress: (event: unknown) => printer.show(event) };
      return (await perform(loaded(options), operation, args, io)) as R;
    } finally {
      printer.end();
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
  };
}
