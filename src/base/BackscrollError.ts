/** What went wrong, by kind: the command line turns `usage` into exit status 2 and the rest into 1. */
export type ErrorCode =
  | 'usage' // an option, a file or a config key is wrong: the person can mend the call
  | 'not-found' // what was named does not exist here
  | 'input' // a file or an event is not what it says it is
  | 'home' // the home folder cannot be used (owned by another process, read-only, newer, disk full)
  | 'unavailable' // a server that we need (Chroma, a model, a platform) does not answer
  | 'refused' // a server answered that it will not do it (bad key, no permission)
  | 'cancelled' // somebody asked us to stop
  | 'internal'; // a bug of ours

/**
 * The one error of Backscroll. `message` is a sentence for the operator: what happened, where, and what to do next.
 * Never put a secret or a person's text in it.
 */
export class BackscrollError extends Error {
  override readonly name = 'BackscrollError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
