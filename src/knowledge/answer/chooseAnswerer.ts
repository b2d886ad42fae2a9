import type { Config } from '../../../config/schema.ts';
import { countTokens } from '../chunk/tokens.ts';
import type { Model } from '../llm/Model.ts';
import type { Answerer } from './Answer.ts';
import { createModelAnswerer } from './model.ts';
import { createQuotingAnswerer } from './quote.ts';

/** Who writes the answers: the model if one is configured, with quotes in its stead when it fails; else quotes. */
export function chooseAnswerer(
  model: Model | undefined,
  config: Pick<Config['model'], 'maxInputTokens' | 'maxOutputTokens' | 'timeoutSeconds'>,
  onFailure?: (error: unknown) => void,
): Answerer {
  if (model === undefined) return createQuotingAnswerer();
  return createModelAnswerer({
    model,
    fallback: createQuotingAnswerer(),
    countTokens,
    maxInputTokens: config.maxInputTokens,
    maxOutputTokens: config.maxOutputTokens,
    deadline: () => AbortSignal.timeout(config.timeoutSeconds * 1000),
    ...(onFailure === undefined ? {} : { onFailure }),
  });
}
