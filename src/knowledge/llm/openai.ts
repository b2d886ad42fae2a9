import { setTimeout as wait } from 'node:timers/promises';
import type OpenAI from 'openai';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Model, ModelEvent, ModelRequest } from './Model.ts';
import { readChunk } from './openai/chunk.ts';
import { connect, hostOf, type OpenAiServer } from './openai/connect.ts';
import { type Dialect, firstDialect, isAboutDialect, nextDialect } from './openai/dialect.ts';
import { toFailure } from './openai/Failure.ts';
import { type Limits, type LimitTimes, startLimits } from './openai/limits.ts';
import { createThinkingFilter } from './openai/withoutThinking.ts';

export interface OpenAiModelOptions extends OpenAiServer, LimitTimes {
  readonly model: string;
  /** Left to the server when left out: reasoning models take none. */
  readonly temperature?: number;
  /** How long to wait before the one second try, when the server does not say. */
  readonly retryDelayMs?: number;
  /** A server that wants us to wait longer than that is as good as down: somebody is waiting for an answer. */
  readonly maxRetryAfterMs?: number;
}

/**
 * A model behind POST /chat/completions of OpenAI or a compatible server (Ollama, vLLM, LiteLLM, Azure's /openai/v1).
 * As the port says, and: one second try when a request failed before any text came; thoughts are dropped; an answer that
 * reached `maxTokens` ends like any other, unless there is no text at all, which throws `refused`, as does what a content
 * filter stopped. Sentences name host and model, never keys or texts.
 */
export function createOpenAiModel(options: OpenAiModelOptions): Model {
  const { model, retryDelayMs = 500, maxRetryAfterMs = 5000 } = options;
  const host = hostOf(options);
  const asked = { host, model, setting: 'OPENAI_MODEL' };
  const client = connect(options);
  let dialect = firstDialect(host);
  let isSettled = false;

  /** Opens the stream, in the dialect that the server takes; the next request begins with the one that worked. */
  async function open(request: ModelRequest, limits: Limits): Promise<AsyncIterable<unknown>> {
    const tried: Dialect[] = [];
    let worst: unknown;
    for (let next: Dialect | undefined = dialect; next; ) {
      tried.push(next);
      try {
        const stream = await client.chat.completions.create(toBody(request, options, next), {
          signal: limits.signal,
          timeout: options.timeoutMs,
        });
        dialect = next;
        isSettled = true;
        return stream;
      } catch (thrown) {
        const failure = toFailure(thrown, asked);
        // What a server has against our own attempts at its dialect hides what is really wrong.
        if (worst === undefined || !isAboutDialect(failure)) worst = thrown;
        next = nextDialect(tried, failure, isSettled);
      }
    }
    throw worst;
  }

  async function* attempt(request: ModelRequest, limits: Limits): AsyncGenerator<ModelEvent> {
    const thinking = createThinkingFilter();
    let usage: { inputTokens: number; outputTokens: number } | undefined;
    let finish: string | undefined;
    let hasText = false;
    try {
      for await (const raw of await open(request, limits)) {
        limits.signal.throwIfAborted();
        const news = readChunk(raw);
        usage = news.usage ?? usage;
        finish ??= news.finish;
        if (finish !== undefined) limits.finished();
        else if (news.alive) limits.alive();
        const text = thinking.next(news.text);
        if (text === '') continue;
        hasText = true;
        limits.pause();
        yield { kind: 'text', text };
        limits.signal.throwIfAborted();
        if (finish === undefined) limits.resume();
        else limits.finished();
      }
      limits.signal.throwIfAborted();
    } catch (thrown) {
      // Once the model has said that it is done, a server that forgets to hang up has cost us its count of tokens only.
      if (finish === undefined || limits.error()?.code === 'cancelled') throw thrown;
    }
    if (finish === undefined) throw new BackscrollError('unavailable', `${model} at ${host} broke off in its answer.`);
    if (finish === 'content_filter') {
      throw new BackscrollError('refused', `A content filter at ${host} stopped the answer of ${model}.`);
    }
    const rest = thinking.end();
    if (rest !== '') yield { kind: 'text', text: rest };
    else if (!hasText && finish === 'length') {
      throw new BackscrollError(
        'refused',
        `${model} at ${host} used all of its ${request.maxTokens} tokens before the first word of an answer: allow it more.`,
      );
    }
    if (usage) yield { kind: 'usage', ...usage };
  }

  async function* stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
    const limits = startLimits(request.signal, options, `${model} at ${host}`);
    let hasGivenText = false;
    try {
      for (let triesLeft = 1; ; triesLeft -= 1) {
        try {
          limits.signal.throwIfAborted();
          for await (const event of attempt(request, limits)) {
            hasGivenText = true;
            yield event;
          }
          return;
        } catch (thrown) {
          const failure = toFailure(limits.error() ?? thrown, asked);
          const waitMs = failure.retryAfterMs ?? retryDelayMs;
          const mayRetry = failure.retry && !hasGivenText && triesLeft > 0 && waitMs <= maxRetryAfterMs;
          if (limits.error() || !mayRetry) throw failure.error;
          // A limit that passes meanwhile is found at the next turn.
          await wait(waitMs, undefined, { signal: limits.signal }).catch(() => undefined);
        }
      }
    } finally {
      limits.stop();
    }
  }

  return { name: model, stream };
}

function toBody(
  { messages, maxTokens }: ModelRequest,
  { model, temperature }: OpenAiModelOptions,
  { limit, usage }: Dialect,
): OpenAI.ChatCompletionCreateParamsStreaming {
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content: content.toWellFormed() })),
    stream: true,
    [limit]: maxTokens,
    ...(usage ? { stream_options: { include_usage: true } } : {}),
    ...(temperature === undefined ? {} : { temperature }),
  };
}
