import type { z } from 'zod';
import type { Events } from './events.ts';
import type { Tier } from './limits.ts';
import type { FakeToken, Json, State } from './State.ts';

export interface MethodCall {
  readonly state: State;
  readonly events: Events;
  readonly token: FakeToken;
}

/** One method of the Web API: https://docs.slack.dev/reference/methods */
export interface Method<Args extends z.ZodObject = z.ZodObject> {
  readonly tier: Tier;
  readonly token: 'bot' | 'app';
  /** The token must have one of these; none: any token will do. */
  readonly scopes: readonly string[];
  readonly args: Args;
  run(args: z.output<Args>, call: MethodCall): Json;
}

export function method<Args extends z.ZodObject>(
  definition: Omit<Method<Args>, 'token'> & { readonly token?: 'bot' | 'app' },
): Method {
  return { token: 'bot', ...definition } as unknown as Method;
}
