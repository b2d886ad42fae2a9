import { describe, expect, it } from 'vitest';
import { createCheckText } from '../../../src/feedback/redact/createCheckText.ts';
import { createRedact } from '../../../src/feedback/redact/createRedact.ts';
import { createFindNames } from '../../../src/feedback/redact/findNames.ts';
import { countTokens } from '../../../src/knowledge/chunk/tokens.ts';

const check = createCheckText(countTokens);
const people = [
  { id: 'U1', name: 'Mara Lind' },
  { id: 'U1', name: 'mara' },
  { id: 'U2', name: 'Will Smith' },
  { id: 'U2', name: 'wsmith' },
  { id: 'U3', name: '李小龍' },
];
const names = createFindNames(people);
const redact = createRedact((_, personId) => `Person-${personId}`);
const redacted = async (text: string) => redact({ text, ...(await check(text, names)) }, 'slack:T1').text;

/** Put together here, so that no scanner takes this file for a leak. */
const SECRETS = {
  github: ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_'),
  slack: ['xoxb', '123456789012', '123456789012', 'AbCdEfGhIjKlMnOpQrStUvWx'].join('-'),
  aws: `AKIA${'IOSFODNN7EXAMPLF'}`,
  database: `postgres://bob:${'hunter2'}@db.acme.example/x`,
  jwt: ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dBjftJeZ4CVPmB92K27uhbUJU1p1r'].join('.'),
  password: `password: ${'Tr0ub4dor&3x'}`,
  key: `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIEpAIBAAKCAQEA\n-----END RSA ${'PRIVATE'} KEY-----`,
};

describe('a secret', () => {
  for (const [kind, secret] of Object.entries(SECRETS)) {
    it(`of ${kind} is found among words`, async () => {
      const text = `Log in with ${secret} and then restart.`;
      const { findings } = await check(text);
      expect(findings.some((finding) => finding.kind === 'secret')).toBe(true);
      expect(await redacted(text)).not.toContain(secret.slice(-8));
    });
  }

  it('is not what people merely talk about', async () => {
    for (const text of [
      'Where do I change my password? The password is in the vault.',
      'secret: see the handbook, chapter about onboarding',
      'https://wiki.acme.example/docs/how-to-set-up-your-laptop-with-linux-and-vpn',
      'commit 3f2a9c1d4e5b6a7980f1e2d3c4b5a69788796a5b fixed it',
    ]) {
      expect((await check(text)).findings.filter(({ kind }) => kind === 'secret')).toEqual([]);
    }
  });
});

describe('personal data', () => {
  it('is found by its form, and by its checksum where it has one', async () => {
    expect(await redacted('Write to mara.lind@acme.example, or call +49 30 901820 or (030) 901 820-12.')).toBe(
      'Write to [e-mail], or call [phone] or [phone].',
    );
    expect(await redacted('DE89 3704 0044 0532 0130 00 and not DE88 3704 0044 0532 0130 00')).toMatch(
      /^\[IBAN\] and not DE88/,
    );
    expect(await redacted('4111 1111 1111 1111 but 4111 1111 1111 1112')).toBe('[card number] but 4111 1111 1111 1112');
    expect(await redacted('8.8.4.4 is public, 10.0.0.1 and 1.2.3 are not')).toBe(
      '[address] is public, 10.0.0.1 and 1.2.3 are not',
    );
  });

  it('is not what looks like numbers of other things', async () => {
    for (const text of [
      'Version 2024.10.31-1 of 12:30:45',
      'Ticket 4711-0815, port 5432, error 0x80070057',
      '1,000,000 rows in 3.14 s',
    ]) {
      expect(await redacted(text)).toBe(text);
    }
  });
});

describe('a name', () => {
  it('becomes the same other name wherever it stands', async () => {
    expect(await redacted('<@U1> asked mara lind, @mara and Mara: Mara’s laptop')).toBe(
      'Person-U1 asked Person-U1, Person-U1 and Person-U1: Person-U1’s laptop',
    );
    expect(await redacted('@Will knows')).toBe('Person-U2 knows');
  });

  it('that is a word too is left where it is a word', async () => {
    expect(await redacted('Will this work? It will.')).toBe('Will this work? It will.');
  });
});

it('long hostile texts take no long time', async () => {
  for (const unit of ['a@', '0 ', '1-', 'password ', 'A0', '<@', 'eyJ.']) await check(unit.repeat(10_000), names);
});
