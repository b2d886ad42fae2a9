import type { TokenBudget } from './budget.ts';
import type { Model, ModelEvent, ModelRequest } from './Model.ts';

/**
 * The same model, but each request is booked on a budget: refused before it is made when too little is left, and
 * settled with the server's own count, or an estimate when it gave none (it broke off, or was cancelled).
 */
export function withBudget(model: Model, budget: TokenBudget): Model {
  return {
    name: model.name,
    async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
      const inputTokens = request.messages.reduce((sum, message) => sum + 4 + estimateTokens(message.content), 3);
      const reservation = await budget.reserve(inputTokens + request.maxTokens);
      let written = 0;
      let counted: number | undefined;
      try {
        for await (const event of model.stream(request)) {
          if (event.kind === 'usage') counted = event.inputTokens + event.outputTokens;
          else written += estimateTokens(event.text);
          yield event;
        }
      } finally {
        await reservation.settle(counted ?? inputTokens + written);
      }
    },
  };
}

/** Four bytes a token: near enough for English and code, a little too much for most other writing. */
function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}
