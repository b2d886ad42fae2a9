import type { Json } from './State.ts';

/** How Slack says no: `{ok: false, error}` with whatever else goes with that error. */
export class Refused extends Error {
  readonly error: string;
  readonly more: Json;

  constructor(error: string, more: Json = {}) {
    super(error);
    this.error = error;
    this.more = more;
  }
}

/** The refusal of a malformed argument, in the words of Slack's schema checker. */
export function refusedFor(error: string, messages: readonly string[]): Refused {
  return new Refused(error, {
    errors: messages,
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });
}
