import { CommanderError } from 'commander';
import { createProgram } from './cli/program.ts';

/**
 * Runs a command line and sets the exit status: 0 done, 1 it could not, 2 wrong usage.
 * @param args without the program's name
 */
export async function run(args: readonly string[]): Promise<void> {
  // Whatever is written is for this user alone.
  process.umask(0o077);
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said it already; help and version are no errors.
    if (error.exitCode !== 0) process.exitCode = 2;
  }
}
