import type { Finding } from './Finding.ts';
import { findNamedSecrets } from './findNamedSecrets.ts';

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

/** What the rules do not look for, and people paste into chats. Where a group ends one, that is the secret. */
const OWN: readonly RegExp[] = [
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g,
  // A signed token: three parts of base64url, the first of which is JSON. RFC 7519
  /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,1000}/g,
  /\bBearer\s{1,4}([\w.~+/-]{20,2000}=*)/gi,
  /\bAuthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:Basic|Token|ApiKey|Digest|Bearer)\s{1,3})?([\w.~+/=-]{8,2000})/gi,
  // Google, Telegram, Discord, OpenAI and Anthropic, GitLab, SendGrid, Azure.
  /\bAIza[\w-]{35}|\bGOCSPX-[\w-]{20,40}|\bya29\.[\w-]{20,1000}/g,
  /(?<!\d)\d{8,10}:[\w-]{35}(?![\w-])/g,
  /(?<![\w.])[MNO][\w-]{23,27}\.[\w-]{6,7}\.[\w-]{27,40}(?![\w-])/g,
  /\bsk-(?:ant-|proj-|or-)?[\w-]{20,300}|\bglpat-[\w-]{20,60}|\bSG\.[\w-]{16,32}\.[\w-]{32,64}/g,
  /\b(?:AccountKey|SharedAccessKey|SharedSecret)=([\w+/-]{20,200}={0,2})/gi,
  /[?&;](?:sig|signature|X-Amz-Signature|X-Goog-Signature|key|code|auth|jwt|session|sid)=(?=[\w%+/.-]{0,60}\d)(?=[\w%+/.-]{0,60}[A-Za-z])([\w%+/.=-]{20,2000})/gi,
  // Addresses by which anybody may post.
  /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/-]{20,200})/g,
  /\bdiscord(?:app)?\.com\/api\/webhooks\/(\d{10,25}\/[\w-]{20,100})/g,
  /\bcurl\s(?:[^\n]{0,200}?\s)?(?:-u|--user)[ =]["']?([^\s:"']{1,100}:[^\s"']{4,100})/g,
  // `user:password@` of an address. Without a name for it, as documentation writes it, it is none.
  /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/?#@"'<>:]{0,200}:(?!(?:password|passwort|pass|pwd|secret|x+|\*+|\.+|[$%{[][^\s@]{0,60})@)[^\s?#@"'<>]{1,200})(?=@)/gi,
];

/** Keys, tokens and passwords: secretlint's recommended rules, and ours. @param text folded */
export async function findSecrets(text: string): Promise<Finding[]> {
  const own = OWN.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ index, 0: match, 1: given = match }) =>
      secret(index + match.length - given.length, index + match.length),
    ),
  );
  own.push(...findNamedSecrets(text));
  if (!SUSPECT.test(text)) return own;
  loading ??= load();
  const lint = await loading;
  return [...own, ...(await lint(text)).map(([from, to]) => secret(from, to))];
}

const secret = (from: number, to: number): Finding => ({ kind: 'secret', from, to });
