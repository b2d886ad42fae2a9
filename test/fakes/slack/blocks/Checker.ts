import type { Json } from '../State.ts';

/** Collects what is wrong, each with the JSON pointer of its place, in the words of Slack's own checker. */
export interface Checker {
  readonly problems: readonly string[];
  wrong(pointer: string, problem: string): void;
  /** A string of `least` to `most` characters. */
  string(
    value: Json,
    pointer: string,
    options: { readonly most?: number; readonly least?: number; readonly optional?: boolean },
  ): void;
  /** A text object: https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  text(
    value: Json,
    pointer: string,
    options: { readonly most: number; readonly plain?: boolean; readonly optional?: boolean },
  ): void;
  list(
    value: Json,
    pointer: string,
    options: { readonly most: number; readonly least?: number; readonly optional?: boolean },
  ): Json[];
}

export function createChecker(): Checker {
  const problems: string[] = [];
  const wrong = (pointer: string, problem: string) => void problems.push(`${problem} [json-pointer:${pointer}]`);
  const isMissing = (value: Json, pointer: string, optional: boolean | undefined) => {
    if (value !== undefined && value !== null) return false;
    const at = pointer.lastIndexOf('/');
    if (!optional) wrong(pointer.slice(0, at), `missing required field: ${pointer.slice(at + 1)}`);
    return true;
  };
  const checker: Checker = {
    problems,
    wrong,
    string(value, pointer, { most = 3000, least = 1, optional }) {
      if (isMissing(value, pointer, optional)) return;
      if (typeof value !== 'string') return wrong(pointer, 'must be a string');
      if (value.length > most) wrong(pointer, `must be less than ${most + 1} characters`);
      if (value.length < least) wrong(pointer, `must be more than ${least - 1} characters`);
    },
    text(value, pointer, { most, plain, optional }) {
      if (isMissing(value, pointer, optional)) return;
      const types = plain ? ['plain_text'] : ['plain_text', 'mrkdwn'];
      if (!types.includes(value.type))
        return wrong(`${pointer}/type`, `must be a valid enum value (${types.join(', ')})`);
      if (value.type === 'mrkdwn' && 'emoji' in value) wrong(`${pointer}/emoji`, 'unexpected field for mrkdwn');
      if (value.type === 'plain_text' && 'verbatim' in value)
        wrong(`${pointer}/verbatim`, 'unexpected field for plain_text');
      checker.string(value.text, `${pointer}/text`, { most });
    },
    list(value, pointer, { most, least = 1, optional }) {
      if (isMissing(value, pointer, optional)) return [];
      if (!Array.isArray(value)) {
        wrong(pointer, 'must be an array');
        return [];
      }
      if (value.length > most) wrong(pointer, `no more than ${most} items allowed`);
      if (value.length < least) wrong(pointer, `no fewer than ${least} items allowed`);
      return value;
    },
  };
  return checker;
}
