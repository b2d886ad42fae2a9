import type { Failure } from './Failure.ts';

/** The parameters over which compatible servers differ. */
export interface Dialect {
  /** The new name is the only one for OpenAI's reasoning models; older servers know, or heed, only the old one. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
  /** Whether `stream_options` may be sent, without which most servers count no tokens. */
  readonly usage: boolean;
}

/** What to try first. */
export function firstDialect(host: string): Dialect {
  const isOpenAi = host === 'api.openai.com' || host.endsWith('.api.openai.com');
  return { limit: isOpenAi ? 'max_completion_tokens' : 'max_tokens', usage: true };
}

/** True when the server objects to one of the parameters that a dialect is made of. */
export function isAboutDialect({ param }: Failure): boolean {
  return param !== undefined && /^(max_tokens|max_completion_tokens|stream_options)/.test(param);
}

/**
 * What to try after a server refused a request in `tried.at(-1)`: what it objects to by name, or else (some name
 * nothing), as long as no dialect is known to work, each combination once. Undefined when nothing is left or the refusal
 * has another reason. At most four requests are ever made.
 */
export function nextDialect(tried: readonly Dialect[], failure: Failure, isSettled: boolean): Dialect | undefined {
  const last = tried.at(-1);
  if (!last || (failure.status !== 400 && failure.status !== 422) || failure.code === 'context_length_exceeded') {
    return undefined;
  }
  if (!isAboutDialect(failure)) {
    if (isSettled || failure.param !== undefined) return undefined;
    return allFrom(tried[0] ?? last).find(isNew);
  }
  const named = failure.param?.startsWith('max_') ? { ...last, limit: other(last.limit) } : { ...last, usage: false };
  return [named, ...allFrom(last)].find(isNew);

  function isNew(one: Dialect): boolean {
    return !tried.some((before) => before.limit === one.limit && before.usage === one.usage);
  }
}

function allFrom({ limit, usage }: Dialect): Dialect[] {
  return [
    { limit, usage: !usage },
    { limit: other(limit), usage },
    { limit: other(limit), usage: !usage },
  ];
}

function other(limit: Dialect['limit']): Dialect['limit'] {
  return limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
}
