import type { Finding } from './Finding.ts';

/** Loaded when the first text that looks like it comes: most never do, and a start should not wait for it. */
let loading: Promise<(content: string) => Promise<readonly (readonly [from: number, to: number])[]>> | undefined;

async function load() {
  const [{ lintSource }, { creator }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] };
  return async (content: string) => {
    const source = { content, filePath: 'text.txt', ext: '.txt', contentType: 'text' as const };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.map(({ range }) => range);
  };
}

/** Every secret that the rules know has one of these; most texts have none, and are spared the rules (a millisecond). */
const SUSPECT =
  /[A-Za-z0-9+/_=-]{20,}|:\/\/[^\s/@]{0,200}:[^\s@]{0,200}@|PRIVATE KEY|_auth|\b(?:sk|rk|pk|gh[a-z]|xox[a-z]|glpat|npm|dop|shp[a-z]{2}|lin_api|ntn|secret|hf)[_-]/;

/** What the rules do not look for, and people paste into chats. */
const OWN: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  // A signed token: three parts of base64url, the first of which is JSON. RFC 7519
  /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,1000}/g,
  /(?<=\bBearer\s{1,4})[\w.~+/-]{20,2000}=*/g,
  // `password: …` where what follows is no word: it has letters and digits or signs.
  /(?<=\b(?:pass(?:word|wd|phrase)?|secret|api[_ -]?key|access[_ -]?key|auth[_ -]?token)["']?\s{0,3}(?:[:=]|\bis\b)\s{0,3}["'`]?)(?=[^\s"'`]{0,200}\d)(?=[^\s"'`]{0,200}[A-Za-z])[^\s"'`<>{}]{8,200}/gi,
];

/** Keys, tokens and passwords: secretlint's recommended rules, and a few of ours. */
export async function findSecrets(text: string): Promise<Finding[]> {
  const own = OWN.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => secret(match.index, match.index + match[0].length)),
  );
  if (!SUSPECT.test(text)) return own;
  loading ??= load();
  const lint = await loading;
  return [...own, ...(await lint(text)).map(([from, to]) => secret(from, to))];
}

const secret = (from: number, to: number): Finding => ({ kind: 'secret', from, to });
