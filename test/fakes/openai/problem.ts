import type { ServerResponse } from 'node:http';

/** An answer that is an error, in OpenAI's words. */
export interface Problem {
  readonly status: number;
  readonly message: string;
  readonly type?: string;
  readonly param?: string;
  readonly code?: string;
  /** Sent as `Retry-After`. */
  readonly retryAfterS?: number;
}

export function invalid(message: string, more: { param?: string; code?: string } = {}): Problem {
  return { status: 400, message, type: 'invalid_request_error', ...more };
}

/** `nested` is OpenAI's shape; `flat` is that of older vLLM: no `error` around it, and the status as its code. */
export function sendProblem(response: ServerResponse, problem: Problem, shape: 'nested' | 'flat'): void {
  const { status, message, type = 'server_error', param = null, code = null, retryAfterS } = problem;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (retryAfterS !== undefined) headers['retry-after'] = String(retryAfterS);
  response.writeHead(status, headers);
  response.end(
    JSON.stringify(
      shape === 'nested'
        ? { error: { message, type, param, code } }
        : { object: 'error', message, type, param, code: status },
    ),
  );
}
