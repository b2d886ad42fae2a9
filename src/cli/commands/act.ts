import type { Command } from 'commander';
import type { Common } from './Action.ts';
import { createOutput, fail, type Output } from './Output.ts';

/** Makes an action of commander's out of ours: options, where to print, the first argument. */
export function act<O extends Common>(work: (options: O, output: Output, argument: string) => Promise<void>) {
  return async (...given: unknown[]) => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<O>();
    const output = createOutput(options.json === true);
    try {
      await work(options, output, typeof given[0] === 'string' ? given[0] : '');
    } catch (error) {
      fail(output, error);
    }
  };
}
