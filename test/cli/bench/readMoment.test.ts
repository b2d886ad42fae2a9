import { expect, test } from 'vitest';
import { readMoment } from '../../../src/cli/bench/readMoment.ts';

const CHRISTMAS_US = Date.UTC(2004, 11, 25, 3, 21) * 1_000;

test.each([
  ['an ISO minute with its order', '2004-12-25T03:21 #1000', CHRISTMAS_US, 1000],
  ['an ISO minute', '2004-12-25T03:21', CHRISTMAS_US, undefined],
  ['an ISO time in UTC', '2004-12-25T03:21:00Z', CHRISTMAS_US, undefined],
  ['an ISO time elsewhere', '2004-12-25T04:21:00+01:00', CHRISTMAS_US, undefined],
  ['an ISO time that does not say where', '2004-12-25 03:21:00.5', CHRISTMAS_US + 500_000, undefined],
  ['a Slack ts', '1452913187.000002', 1_452_913_187_000_002, undefined],
  ['a Slack ts that lost its zeros', 1452913187.5, 1_452_913_187_500_000, undefined],
  ['seconds', 1452913187, 1_452_913_187_000_000, undefined],
  ['milliseconds', '1452913187123', 1_452_913_187_123_000, undefined],
  ['microseconds', 1_452_913_187_123_456, 1_452_913_187_123_456, undefined],
])('reads %s', (_, ts, atUs, order) => {
  expect(readMoment(ts)).toEqual({ atUs, order });
});

test.each(['', 'yesterday', '25.12.2004', '2004-13-45T99:99', '2004-12-25T03:21 #x', -5, Number.NaN, '9'.repeat(400)])(
  'does not guess what %s means',
  (ts) => {
    expect(readMoment(ts)).toBeUndefined();
  },
);
