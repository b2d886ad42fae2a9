import { setTimeout as wait } from 'node:timers/promises';
import { BackscrollError } from '../../base/BackscrollError.ts';
import { connect, hostOf, type OpenAiServer } from '../llm/openai/connect.ts';
import { type Failure, toFailure } from '../llm/openai/Failure.ts';
import type { Embedder } from './Embedder.ts';
import { createGate } from './openai/createGate.ts';
import { cutToTokens } from './openai/cutToTokens.ts';
import { findKnownModel } from './openai/knownModels.ts';
import { nameEmbedder } from './openai/nameEmbedder.ts';
import { readVectors } from './openai/readVectors.ts';
import { toBatches } from './openai/toBatches.ts';

export interface OpenAiEmbedderOptions extends OpenAiServer {
  readonly model: string;
  /** Length of the vectors. Left out: what the model is known for, or else what it answers. */
  readonly dimensions?: number;
  /** Put before each question and each passage. Left out: what the model is known to want, or else nothing. */
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
  /** Longer texts are cut. Left out: what the model is known to take, or else 8,191. */
  readonly maxInputTokens?: number;
  /** Texts a request, at most 2,048. */
  readonly maxBatchTexts?: number;
  /** Requests for passages side by side. Questions never wait for them. */
  readonly concurrency?: number;
  /** For one try. */
  readonly timeoutMs?: number;
  readonly maxRetries?: number;
  /** Before the first retry, when the server does not say; doubled at each. */
  readonly retryDelayMs?: number;
  /** A server that wants us to wait longer than that has failed. */
  readonly maxRetryAfterMs?: number;
}

/** The plainer the request, the more servers take it. */
interface Dialect {
  readonly encoding: 'base64' | 'float';
  readonly dimensions: boolean;
}

// https://platform.openai.com/docs/api-reference/embeddings/create
const maxTextsPerRequest = 2048;
const maxTokensPerRequest = 300_000;

/**
 * An embedder behind POST /embeddings of OpenAI or a compatible server. As the port says, and: a cancelled call throws
 * `cancelled`; vectors of another length than before, or that are zero or not finite, throw `refused`; a question is
 * retried once at most, since somebody waits for it. Sentences name host and model, never keys or texts.
 */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const { model, concurrency = 4, timeoutMs = 60_000, maxRetries = 4 } = options;
  const { retryDelayMs = 500, maxRetryAfterMs = 60_000 } = options;
  const known = findKnownModel(model);
  const maxInputTokens = options.maxInputTokens ?? known?.maxInputTokens ?? 8191;
  const queryPrefix = options.queryPrefix ?? known?.queryPrefix ?? '';
  const passagePrefix = options.passagePrefix ?? known?.passagePrefix ?? '';
  const maxTexts = Math.min(options.maxBatchTexts ?? 256, maxTextsPerRequest);
  const host = hostOf(options);
  const asked = { host, model, setting: 'EMBEDDING_MODEL' };
  const who = `${model} at ${host}`;
  const client = connect(options);
  const gate = createGate(concurrency);

  let expected = options.dimensions ?? known?.dimensions;
  let probe: Promise<number> | undefined;
  const isShortened = options.dimensions !== undefined && options.dimensions !== known?.dimensions;
  let dialect: Dialect = { encoding: 'base64', dimensions: isShortened };
  let isSettled = false;

  async function request(input: string[], signal: AbortSignal): Promise<Float32Array[]> {
    for (let next = dialect; ; ) {
      try {
        const raw = await client.embeddings.create(
          {
            model,
            input,
            encoding_format: next.encoding,
            ...(next.dimensions && options.dimensions ? { dimensions: options.dimensions } : {}),
          },
          { signal, timeout: timeoutMs },
        );
        const vectors = readVectors(raw, input.length, who);
        for (const vector of vectors) checkLength(vector);
        dialect = next;
        isSettled = true;
        return vectors;
      } catch (thrown) {
        const plainer = plainerThan(next, toFailure(thrown, asked), isSettled);
        if (!plainer || signal.aborted) throw thrown;
        next = plainer;
      }
    }
  }

  function checkLength(vector: Float32Array): void {
    expected ??= vector.length;
    if (vector.length === expected) return;
    throw new BackscrollError(
      'refused',
      `${who} answered a vector of ${vector.length} numbers where ${expected} were expected: set the embedder's dimensions to what the model gives, and run \`backscroll reindex\`.`,
    );
  }

  async function requestPatiently(input: string[], kind: Kind, signal: AbortSignal): Promise<Float32Array[]> {
    const retries = kind === 'question' ? Math.min(1, maxRetries) : maxRetries;
    const longestWaitMs = kind === 'question' ? Math.min(2000, maxRetryAfterMs) : maxRetryAfterMs;
    for (let retry = 0; ; retry += 1) {
      try {
        return await request(input, signal);
      } catch (thrown) {
        const failure = toFailure(thrown, asked);
        // Jitter, so that batches that were turned away together do not come back together.
        const waitMs = failure.retryAfterMs ?? retryDelayMs * 2 ** retry * (0.75 + Math.random() / 2);
        if (!failure.retry || retry >= retries || waitMs > longestWaitMs || signal.aborted) throw failure.error;
        await wait(waitMs, undefined, { signal });
      }
    }
  }

  async function prepare(text: string, kind: Kind): Promise<string> {
    // Servers refuse nothing at all, and halves of surrogates.
    const body = text.trim() === '' ? '.' : text.toWellFormed();
    return cutToTokens((kind === 'question' ? queryPrefix : passagePrefix) + body, maxInputTokens);
  }

  const embed: Embedder['embed'] = async (texts, { kind, signal }) => {
    const cancelled = () => new BackscrollError('cancelled', `The request for vectors from ${who} was cancelled.`);
    if (signal?.aborted) throw cancelled();
    const inputs: string[] = [];
    for (const text of texts) inputs.push(await prepare(text, kind));
    const batches = toBatches(inputs, { maxTexts, maxTokens: maxTokensPerRequest, maxInputTokens });
    // One batch that fails calls the others off.
    const all = new AbortController();
    const stop = signal ? AbortSignal.any([signal, all.signal]) : all.signal;
    const work = (batch: string[]) => async () => {
      stop.throwIfAborted();
      return requestPatiently(batch, kind, stop);
    };
    try {
      const results = batches.map((batch) => (kind === 'question' ? work(batch)() : gate(work(batch))));
      return (await Promise.all(results)).flat();
    } catch (error) {
      all.abort();
      throw signal?.aborted ? cancelled() : error;
    }
  };

  return {
    id: nameEmbedder({ model, dimensions: expected, maxInputTokens, queryPrefix, passagePrefix }),
    worthCaching: true,
    async dimensions() {
      if (expected !== undefined) return expected;
      probe ??= embed(['How many dimensions?'], { kind: 'question' }).then(([vector]) => vector?.length ?? 0);
      try {
        return await probe;
      } finally {
        probe = undefined;
      }
    },
    embed,
  };
}

type Kind = 'passage' | 'question';

/** What to try after a refusal: what it objects to is left out, or, as long as nothing has worked, one thing after another. */
function plainerThan(dialect: Dialect, failure: Failure, isSettled: boolean): Dialect | undefined {
  const withFloats: Dialect | undefined = dialect.encoding === 'base64' ? { ...dialect, encoding: 'float' } : undefined;
  const atFullLength: Dialect | undefined = dialect.dimensions ? { ...dialect, dimensions: false } : undefined;
  if (failure.error.code !== 'refused' || (failure.status !== undefined && ![400, 422].includes(failure.status))) {
    return undefined;
  }
  if (failure.param === 'encoding_format') return withFloats;
  if (failure.param === 'dimensions') return atFullLength;
  if (isSettled || failure.param !== undefined) return undefined;
  return withFloats ?? atFullLength;
}
