import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBuiltinEmbedder } from '../../../src/knowledge/embed/builtin.ts';

const embedder = createBuiltinEmbedder();
const embed = async (text: string): Promise<Float32Array> => {
  const [vector] = await embedder.embed([text], { kind: 'question' });
  return vector ?? new Float32Array();
};
const likeness = async (a: string, b: string): Promise<number> => {
  const [x, y] = [await embed(a), await embed(b)];
  return x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
};

describe('what is spelled alike is near', () => {
  test.each([
    ['a slip of the pen', 'kubernetes cluster', 'kuberentes clutser', 'expense report'],
    ['a compound', 'Serverausfall', 'Ausfall des Servers', 'Urlaubsantrag'],
    ['an inflection', 'перезапуск серверов', 'серверы перезапустить', 'отпуск оформить'],
    [
      'a name in another language',
      'authentication configuration',
      'configuración de autenticación',
      'vacaciones de verano',
    ],
    ['Chinese', '部署集群失败', '集群的部署', '申请年假'],
    ['Thai', 'รีสตาร์ทเซิร์ฟเวอร์', 'เซิร์ฟเวอร์', 'วันหยุดพักร้อน'],
    ['Korean', '서버를 재시작', '서버가 재시작됨', '휴가 신청'],
  ])('%s', async (_, text, near, far) => {
    expect(await likeness(text, near)).toBeGreaterThan((await likeness(text, far)) + 0.1);
  });

  test('function words do not count', async () => {
    expect(await likeness('How do I reset the password?', 'reset password')).toBeCloseTo(1, 5);
  });
});

test('the same text gives the same vector, alone or among others', async () => {
  const many = await embedder.embed(['one thing', 'another', 'one thing'], { kind: 'passage' });
  expect(many[0]).toEqual(many[2]);
  expect(many[0]).toEqual(await embed('one thing'));
});

test('a known vector has not moved: whoever moves it must change the id', async () => {
  const vector = await embed('Restart the seat-inventory server 集群');
  const fingerprint = vector.reduce((sum, value, i) => sum + value * Math.cos(i), 0);
  expect([embedder.id, fingerprint.toFixed(4)]).toMatchInlineSnapshot(`
    [
      "builtin-1",
      "0.8387",
    ]
  `);
});

test('any text, empty ones too, gives 384 numbers of length 1', async () => {
  expect(await embedder.dimensions()).toBe(384);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const vector = await embed(text);
      expect(vector).toHaveLength(384);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    }),
  );
});

test('it stops when it is told to', async () => {
  const signal = AbortSignal.abort();
  await expect(embedder.embed(['x'], { kind: 'passage', signal })).rejects.toMatchObject({ code: 'cancelled' });
});
