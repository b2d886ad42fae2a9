import {
  ChromaClientError,
  ChromaConnectionError,
  ChromaForbiddenError,
  ChromaNotFoundError,
  ChromaQuotaExceededError,
  ChromaServerError,
  ChromaUnauthorizedError,
  ChromaValueError,
} from 'chromadb';
import { BackscrollError } from '../../base/BackscrollError.ts';

/** The SDK's errors, told apart by what they mean for us. */
export function isGone(error: unknown): boolean {
  return error instanceof ChromaNotFoundError;
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof ChromaConnectionError;
}

/** The server answered that something is wrong within itself. */
export function isBroken(error: unknown): boolean {
  return error instanceof ChromaServerError;
}

/**
 * @param error what a call threw, its signal not being aborted
 * @param server how to call the server, @param what what was tried ("searching collection x")
 */
export function chromaError(error: unknown, server: string, what: string): BackscrollError {
  if (error instanceof BackscrollError) return error;
  const options = { cause: error };
  const said = error instanceof Error ? error.message : String(error);
  if (isUnreachable(error)) {
    return new BackscrollError('unavailable', `${server} cannot be reached. Is it running?`, options);
  }
  if (error instanceof ChromaUnauthorizedError || error instanceof ChromaForbiddenError) {
    return new BackscrollError('refused', `${server} does not let us in. Check the key and its permissions.`, options);
  }
  if (error instanceof ChromaQuotaExceededError) {
    return new BackscrollError('refused', `${server} refused ${what}: ${said}. Raise the quota.`, options);
  }
  if (error instanceof ChromaClientError || error instanceof ChromaValueError) {
    return new BackscrollError('refused', `${server} refused ${what}: ${said}`, options);
  }
  if (isBroken(error)) {
    const sentence = `${server} failed at ${what}: ${said}. If that stays, \`backscroll reindex\` builds it anew.`;
    return new BackscrollError('unavailable', sentence, options);
  }
  return new BackscrollError('unavailable', `${server} gave no usable answer to ${what}: ${said}`, options);
}
