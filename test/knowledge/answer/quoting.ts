import { expect } from 'vitest';
import type { Answer, AnswerRequest } from '../../../src/knowledge/answer/Answer.ts';
import type { Evidence } from '../../../src/knowledge/answer/Evidence.ts';
import { createQuotingAnswerer } from '../../../src/knowledge/answer/quote.ts';
import { passage } from './evidence.ts';

/** An answer without a model. Whatever it is, it was released as it is returned, and its quotes are in the evidence. */
export async function ask(
  question: string,
  evidence: readonly Evidence[],
  given: Partial<AnswerRequest> = {},
): Promise<Answer> {
  const pieces: string[] = [];
  const signal = new AbortController().signal;
  const request = { question, evidence, history: [], language: 'en', notes: [], signal, ...given };
  const answer = await createQuotingAnswerer().answer(request, (piece) => pieces.push(piece.text));
  expect(pieces.join('')).toBe(answer.text);
  for (const citation of answer.citations) {
    expect(evidence.find(({ n }) => n === citation.n)?.text).toContain(citation.quote);
  }
  return answer;
}

/** What the answer quotes, in its order. */
export async function quotesFor(
  question: string,
  evidence: readonly Evidence[],
  given: Partial<AnswerRequest> = {},
): Promise<string[]> {
  return (await ask(question, evidence, given)).citations.map(({ quote }) => quote);
}

export const chat = (n: number, text: string, given: Partial<Evidence> = {}) =>
  passage(n, text, { kind: 'conversation', ...given });
