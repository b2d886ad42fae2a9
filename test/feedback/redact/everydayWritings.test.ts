import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCheckText } from '../../../src/feedback/redact/createCheckText.ts';
import { createRedact } from '../../../src/feedback/redact/createRedact.ts';

const check = createCheckText(() => 0);
const redact = createRedact((_, personId) => `Person-${personId}`);
const redacted = async (text: string) => redact({ text, ...(await check(text)) }, 'slack:T1').text;

/** Put together here, so that no scanner takes this file for a leak. */
const HEX = '3f2a9c1d4e5b6a7980f1'.repeat(2);
const GOOGLE = `AIza${'SyA1234567890abcdefghijklmnopqrstuv'}`;
const TELEGRAM = `123456789:${'AAF1234567890abcdefghijklmnopqrstuv'}`;
const DISCORD = ['MTIzNDU2Nzg5MDEyMzQ1Njc4', 'Gabcde', 'abcdefghijklmnopqrstuvwxyz0'].join('.');
const AZURE = `${'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef'}==`;
const AWS = `AKIA\u200b${'IOSFODNN7EXAMPLF'}`;
const WEBHOOK = `https://hooks.slack.com/services/${'T00000000/B00000000/abcdEFGH1234abcdEFGH1234'}`;

describe('a phone number', () => {
  for (const [written, kept] of [
    ['Tel:+49 170 1234567', 'Tel:[phone]'],
    ['Tel.:0170 1234567', 'Tel.:[phone]'],
    ['tel:+491701234567', 'tel:[phone]'],
    ['see https://wa.me/491701234567', 'see https://wa.me/[phone]'],
    ['ask 01701234567 or so', 'ask [phone] or so'],
    ['0612345678', '[phone]'],
    ['06.12.34.56.78', '[phone]'],
    ['06 12 34 56 78', '[phone]'],
    ['0170/1234567', '[phone]'],
    ['(030) 901 820-12', '[phone]'],
    ['call 4155550132', 'call [phone]'],
    ['415 555 0132', '[phone]'],
    ['请打13812345678谢谢', '请打[phone]谢谢'],
    ['电话：01012345678', '电话：[phone]'],
    ['030.123.45.67', '[phone]'],
    ['+49\u200b170\u200b1234567', '[phone]'],
    ['+49\u00a0170\u202f1234567', '[phone]'],
    ['０１７０ １２３４５６７', '[phone]'],
    ['٠١٧٠١٢٣٤٥٦٧', '[phone]'],
  ] as const) {
    it(`is known as ${written}`, async () => expect(await redacted(written)).toBe(kept));
  }
});

describe('an account', () => {
  for (const [written, kept] of [
    ['4111 1111 1111 1111 12/27', '[card number] 12/27'],
    ['4 4111 1111 1111 1111', '4 [card number]'],
    ['4111.1111.1111.1111.', '[card number].'],
    ['4111_1111_1111_1111', '[card number]'],
    ['3782 822463 10005', '[card number]'],
    ['４１１１ １１１１ １１１１ １１１１', '[card number]'],
    ['DE89-3704-0044-0532-0130-00', '[IBAN]'],
    ['de89 3704 0044 0532 0130 00 and so on', '[IBAN] and so on'],
    ['gb82west12345698765432', '[IBAN]'],
  ] as const) {
    it(`is known as ${written}`, async () => expect(await redacted(written)).toBe(kept));
  }
});

describe('an address', () => {
  for (const [written, kept] of [
    ['https://x.example/u?mail=ann%40example.org&x=1', 'https://x.example/u?mail=[e-mail]&x=1'],
    ['ann (at) example.org', '[e-mail]'],
    ['ann [at] example [dot] org', '[e-mail]'],
    ['ann at example dot org', '[e-mail]'],
    ['ann＠example.org', '[e-mail]'],
    ['邮箱ann@example.org请', '邮箱[e-mail]请'],
    ['用户@例子.广告', '[e-mail]'],
    ['2a00:1450:4001:81b::200e', '[address]'],
    ['8.8.4.4.', '[address].'],
  ] as const) {
    it(`is known as ${written}`, async () => expect(await redacted(written)).toBe(kept));
  }
});

describe('a secret', () => {
  for (const [written, kept] of [
    ['Passwort: Sommer2024', 'Passwort: [secret]'],
    ['WLAN-Passwort: Gast2024', 'WLAN-Passwort: [secret]'],
    ['Das Kennwort lautet hunter2', 'Das Kennwort lautet [secret]'],
    ['mot de passe : Soleil123', 'mot de passe : [secret]'],
    ['Le mot de passe est Soleil123.', 'Le mot de passe est [secret].'],
    ['La contraseña es Perro99', 'La contraseña es [secret]'],
    ['senha: gato1234', 'senha: [secret]'],
    ['wachtwoord: fiets123', 'wachtwoord: [secret]'],
    ['пароль: Kot12345', 'пароль: [secret]'],
    ['hasło: kotek123', 'hasło: [secret]'],
    ['şifre: kedi1234', 'şifre: [secret]'],
    ['密码：abc12345，请', '密码：[secret]，请'],
    ['口令是 abc12345', '口令是 [secret]'],
    ['パスワードは abc12345 です', 'パスワードは [secret] です'],
    ['비밀번호: abc12345', '비밀번호: [secret]'],
    ['كلمة المرور: abc12345', 'كلمة المرور: [secret]'],
    ['**password**: hunter2', '**password**: [secret]'],
    ['password `swordfish`', 'password `[secret]`'],
    ['pwd: hunter2', 'pwd: [secret]'],
    ['pw: hunter2', 'pw: [secret]'],
    ['PIN: 4711', 'PIN: [secret]'],
    ['The password for guests is Welcome1', 'The password for guests is [secret]'],
    ['DB_PASSWORD=hunter22', 'DB_PASSWORD=[secret]'],
    ['"password": "hunter2"', '"password": "[secret]"'],
    [`client_secret: ${HEX}`, 'client_secret: [secret]'],
    [`token: ${HEX}`, 'token: [secret]'],
    [`https://x.example/?access_token=${HEX}&y=1`, 'https://x.example/?access_token=[secret]&y=1'],
    [`Authorization: Basic ${'YW5uOmh1bnRlcjI='}`, 'Authorization: Basic [secret]'],
    [GOOGLE, '[secret]'],
    [TELEGRAM, '[secret]'],
    [DISCORD, '[secret]'],
    [AWS, '[secret]'],
    [`DefaultEndpointsProtocol=https;AccountKey=${AZURE}`, 'DefaultEndpointsProtocol=https;AccountKey=[secret]'],
    [WEBHOOK, '[secret]'],
    [`https://ann:${'hunter2'}@x.example/a`, 'https://[secret]/a'],
  ] as const) {
    it(`is known as ${written.slice(0, 60)}`, async () => {
      expect(await redacted(written)).toBe(kept);
    });
  }
});

describe('nothing is taken from', () => {
  for (const text of [
    'Where do I change my password?',
    'The password is in the vault',
    'The password is case-sensitive and at least 8 characters long.',
    'Password: required',
    'password: see the handbook',
    'password: https://vault.acme.example/item123',
    'password reset: 12:30',
    `password=${'$'}{DB_PASSWORD}`,
    'password: ********',
    'The `password` and `username` fields',
    'Das Passwort ist im Tresor',
    'Mein Passwort: vergessen',
    'Le mot de passe est dans le coffre',
    'La contraseña es incorrecta',
    '密码是什么？',
    'パスワードは忘れました',
    'token: string; max tokens: 4096',
    'The secret is out',
    'I forgot my password 2 times in 2024',
    `commit ${HEX} fixed it`,
    '1700000000.123456 is a ts, 1700000000123 too',
    'https://acme.slack.com/archives/C024BE91L/p1700000000123456',
    'Order 4500012345, order no. 01234567890',
    '订单号 13812345678',
    '2024-10-31 12:30:45, 31.10.2024, 05.12.2024 and 05-12-2024 10:30, 01/02/2024',
    '2024-10-31T12:30:45.000+02:00',
    '1.2.3.4, version 8.8.4.4, v10.2.3.4, Chrome/119.0.0.0',
    'EUR 1.234.567,89 and $1,234,567.00',
    '| 4111 | 2222 | 3333 | 4444 | 1000 2000 3000 4000 5000 6000',
    'snowflake 175928847299117063',
    '550e8400-e29b-41d4-a716-446655440000 00:1a:2b:3c:4d:5e',
    'std::vector<int> a::b 2001:db8::1 fe80::1 10.0.0.1',
    'ISBN 978-3-16-148410-0',
    '0.0001234567 and 1 234 567 890',
    'postgres://user:password@localhost/x',
    'Anna works at example dot',
  ]) {
    it(text, async () => expect(await redacted(text)).toBe(text));
  }
});

it('what was found once never stays because of signs that nobody sees', async () => {
  const hidden = fc.constantFrom('\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e');
  const personal = fc.constantFrom<string>(
    'ann@example.org',
    '+491701234567',
    '4111111111111111',
    'DE89370400440532013000',
  );
  const text = fc
    .tuple(personal, fc.array(fc.tuple(fc.nat(12), hidden), { maxLength: 6 }))
    .map(([plain, signs]) => signs.reduce((all, [at, sign]) => all.slice(0, at + 1) + sign + all.slice(at + 1), plain));
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom('', 'Write to ', '请联系 ', 'é '), async (one, before) => {
      expect((await redacted(`${before}${one} ok`)).replace(/\p{Cf}/gu, '')).toMatch(
        /^(?:|Write to |请联系 |é )\[[^\]]+\] ok$/,
      );
    }),
  );
});

it('findings never overlap, and lie within the text', async () => {
  const pieces = fc.constantFrom(
    'ann@example.org',
    ' password: hunter2 ',
    '0170 1234567',
    'é',
    '\u200b',
    '4111 1111 1111 1111',
    '<@U1>',
    '密码',
    '：',
    ' ',
    'x',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), async (parts) => {
      const text = parts.join('');
      let at = 0;
      for (const { from, to } of (await check(text)).findings) {
        expect(from).toBeGreaterThanOrEqual(at);
        expect(to).toBeGreaterThan(from);
        at = to;
      }
      expect(at).toBeLessThanOrEqual(text.length);
    }),
  );
});

it('hostile texts of a hundred kilobytes take no long time', { timeout: 60_000 }, async () => {
  for (const unit of [
    ...[
      'a@',
      '0 ',
      '1-',
      'password ',
      'password: ',
      'a%40',
      '٠',
      '密码',
      '4111 ',
      '+1 ',
      'a\u0301\u0323',
      '\u0301\u0323',
    ],
    ...['tel ', 'x://a:', '://', 'Authorization: ', 'curl ', '2001:', 'de89', 'passwords for a b c ', '1.', '(at) '],
    ...['?sig=', '\u200b', 'pw=`', 'eyJaaaaaaaa-', '-----BEGIN PRIVATE KEY-----', 'Bearer '],
  ]) {
    await check(unit.repeat(Math.ceil(100_000 / unit.length)));
  }
});
