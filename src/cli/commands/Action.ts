import type { Output } from './Output.ts';

export const JSON_OPTION = ['--json', 'print exactly one JSON document on stdout'] as const;

/** Options that every command takes. */
export interface Common {
  readonly json?: boolean;
  readonly config?: string;
}

/** Makes an action of commander's out of ours: options, where to print, the first argument. */
export type Action = <O extends Common>(
  work: (options: O, output: Output, argument: string) => Promise<void>,
) => (...given: unknown[]) => Promise<void>;

/** Has an operation done by whoever owns the home. */
export type Run = <R>(options: Common, output: Output, operation: string, args: unknown) => Promise<R>;
