import { BackscrollError } from '../../base/BackscrollError.ts';

/** Where a command prints. With `--json` stdout carries exactly one JSON document and everything else goes to stderr. */
export interface Output {
  readonly json: boolean;
  /** A person is looking at stderr. */
  readonly interactive: boolean;
  /** A line for people; nothing with `--json`. */
  line(text?: string): void;
  /** Text for people without a line's end, as it comes; nothing with `--json`. */
  piece(text: string): void;
  /** The result, with `--json`. */
  result(value: unknown): void;
  /** Beside the result: progress, hints, errors. */
  aside(text: string): void;
}

export function createOutput(json: boolean): Output {
  return {
    json,
    interactive: process.stderr.isTTY === true && process.stdin.isTTY === true,
    line: (text = '') => {
      if (!json) process.stdout.write(`${printable(text)}\n`);
    },
    piece: (text) => {
      if (!json) process.stdout.write(printable(text));
    },
    result: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    aside: (text) => process.stderr.write(`${printable(text)}\n`),
  };
}

/** Says in one sentence why a command could not, and sets the exit status: 2 for wrong usage, else 1. */
export function fail(output: Output, error: unknown): void {
  const known = error instanceof BackscrollError;
  const code = known ? error.code : 'internal';
  const message = known
    ? error.message
    : `Something went wrong inside: ${error instanceof Error ? error.message : error}`;
  output.result({ error: { code, message } });
  output.aside(message);
  if (!known && process.env.LOG_LEVEL === 'debug' && error instanceof Error) output.aside(error.stack ?? '');
  process.exitCode = code === 'usage' ? 2 : 1;
}

/** Texts come from people and pages: what would steer a terminal (escape sequences, control characters) is left out. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
