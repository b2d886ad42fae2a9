import { BackscrollError } from '../base/BackscrollError.ts';

/** An answer that was removed, or never finished. */
export function isMissing(error: unknown): boolean {
  return error instanceof BackscrollError && error.code === 'not-found';
}
