import { CommanderError } from 'commander';
import { createProgram } from './cli/program.ts';

/**
 * Runs a command line and sets the exit status: 0 done, 1 it could not, 2 wrong usage.
 * @param args without the program's name
 */
export async function run(args: readonly string[]): Promise<void> {
  // Whatever is written is for this user alone.
  process.umask(0o077);
  // Whoever reads our output may have seen enough (`| head`).
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit());
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has said it already; help and version are no errors.
    if (error.exitCode === 0) return;
    process.exitCode = 2;
    const message = error.message.replace(/^error: /, '');
    if (args.includes('--json'))
      process.stdout.write(`${JSON.stringify({ error: { code: 'usage', message } }, null, 2)}\n`);
  }
}
