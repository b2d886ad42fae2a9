/** What an operator allows and asks for: the config's `feedback.training`, and the options of one export. */
export interface Policy {
  /** Ids of the spaces whose words may be trained on; `web` is the local web chat. */
  readonly spaces: ReadonlySet<string>;
  /** Keep question and answer where only the passages are not allowed. */
  readonly withoutPassages: boolean;
  readonly rowsPerQuestion: number;
  readonly rowsPerPerson: number;
  /** A longer row is left out: trainers cut it or refuse the file. */
  readonly rowTokens: number;
  /** Questions that must not be in a dataset, with what is known of them. */
  readonly evaluation: readonly string[];
  /** The voter that the operator's own corrections are kept under. */
  readonly operator: string;
  /** Decides between equals. */
  readonly seed: number;
}

export const FORMATS = ['kto', 'dpo', 'sft', 'openai-dpo', 'openai-sft'] as const;
export type Format = (typeof FORMATS)[number];

/** What a format is made of: single thumbs, pairs, or answers to imitate. */
export type Shape = 'kto' | 'dpo' | 'sft';

export function shapeOf(format: Format): Shape {
  return format === 'kto' ? 'kto' : format.endsWith('dpo') ? 'dpo' : 'sft';
}
