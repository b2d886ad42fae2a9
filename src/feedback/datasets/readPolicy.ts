import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { BackscrollError } from '../../base/BackscrollError.ts';
import type { Spaces } from '../../store/spaces.ts';
import type { Policy } from './Policy.ts';

/** The config's `feedback.training`. */
export interface TrainingSettings {
  readonly spaces: readonly string[];
  readonly evaluationFile: string | null;
  readonly rowsPerQuestion: number;
  readonly rowsPerPerson: number;
  readonly rowTokens: number;
  readonly seed: number;
}

const WEB = 'web';
const evaluated = z.object({ question: z.string().optional(), text: z.string().optional() });

/**
 * What the config allows now. BackscrollError `usage` for a space or an evaluation file that is not there: to train on
 * what should have been kept out is worse than not to train.
 */
export async function readPolicy(
  settings: TrainingSettings,
  deps: { readonly spaces: Pick<Spaces, 'find' | 'list'>; readonly home: string; readonly operator: string },
): Promise<Omit<Policy, 'withoutPassages'>> {
  const { rowsPerQuestion, rowsPerPerson, rowTokens, seed } = settings;
  const allowed = new Set<string>();
  for (const name of settings.spaces) {
    const space = name === WEB ? { id: WEB } : await deps.spaces.find(name);
    if (!space) {
      const known = (await deps.spaces.list()).map((one) => one.name).join(', ') || 'none yet';
      throw new BackscrollError(
        'usage',
        `feedback.training.spaces names "${name}", which is no space. There are: ${known}.`,
      );
    }
    allowed.add(space.id);
  }
  const { evaluationFile } = settings;
  return {
    ...{ spaces: allowed, rowsPerQuestion, rowsPerPerson, rowTokens, seed, operator: deps.operator },
    evaluation: evaluationFile === null ? [] : readEvaluation(resolve(deps.home, evaluationFile)),
  };
}

function readEvaluation(file: string): string[] {
  const wrong = (what: string, cause?: unknown) =>
    new BackscrollError(
      'usage',
      `feedback.training.evaluationFile: ${what}. It should have a JSON object a line, with "question" (or "text").`,
      { cause },
    );
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    throw wrong(`${file} cannot be read`, error);
  }
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      const { question, text } = evaluated.parse(JSON.parse(line));
      const asked = question ?? text;
      if (asked) return [asked];
    } catch (error) {
      throw wrong(`line ${i + 1} of ${file} is not understood`, error);
    }
    throw wrong(`line ${i + 1} of ${file} has no question`);
  });
}
