import { type Answer, tooMany } from './Answer.ts';
import type { Fault } from './faults.ts';

/** What goes over the wire in place of the true answer. */
export function commitFault(
  fault: Exclude<Fault, { kind: 'delay' }>,
  answer: Answer | undefined,
): Answer | 'hang' | 'cut' {
  const headers = answer?.headers ?? {};
  if (fault.kind === 'hang' || fault.kind === 'cut') return fault.kind;
  if (fault.kind === 'garbage') return { status: 200, body: '<html>It works!</html>', headers };
  if (fault.kind === 'status') return { status: fault.status, body: fault.body ?? 'upstream connect error', headers };
  if (fault.kind === 'error') {
    const { status, code, message = 'Unknown error' } = fault;
    return { status, body: { message, code }, headers };
  }
  const { retryAfterS, scope = 'user' } = fault;
  return tooMany({ retryAfterS, isGlobal: scope === 'global', scope }, headers);
}
