import type { CheckText } from '../redact/createCheckText.ts';

/** Parameters that let whoever has the address in: signatures, tokens, sessions. */
const LETS_IN =
  /(?:token|secret|passw(?:or)?d|passwort|pwd|^pass$|signature|^sig$|credential|session|^sid$|^s?key$|api[_-]?key|access[_-]?key|^auth|^jwt$|^code$|^otp$|^ticket$)/i;

/**
 * An address as it may be kept: without a name and password for its server, without parameters that let somebody in or
 * hold a secret.
 * @returns undefined when what is left still holds one
 */
export async function cleanUrl(given: string, check: CheckText): Promise<string | undefined> {
  const hasSecret = async (text: string) => (await check(text)).findings.some(({ kind }) => kind === 'secret');
  if (!URL.canParse(given)) return (await hasSecret(given)) ? undefined : given;
  const url = new URL(given);
  const letsIn = [...url.searchParams].some(([name]) => LETS_IN.test(name)) || LETS_IN.test(fragmentName(url));
  const isBare = url.username === '' && url.password === '' && !letsIn;
  // Most are as they should be, and stay to the letter.
  if (isBare && !(await hasSecret(given))) return given;
  url.username = '';
  url.password = '';
  for (const [name, value] of [...url.searchParams]) {
    if (LETS_IN.test(name) || (await hasSecret(`${name}=${value}`)) || (await hasSecret(value)))
      url.searchParams.delete(name);
  }
  if (LETS_IN.test(fragmentName(url)) || (await hasSecret(url.hash))) url.hash = '';
  return (await hasSecret(url.href)) ? undefined : url.href;
}

/** `#access_token=…` */
function fragmentName({ hash }: URL): string {
  return /^#!?\/?([\w-]{1,40})=/.exec(hash)?.[1] ?? '';
}
