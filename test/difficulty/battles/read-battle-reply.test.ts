import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBattleReply } from '../../../src/difficulty/battles/read-battle-reply.ts';

const readable: readonly (readonly [string, 'first' | 'second' | 'tie'])[] = [
  ['{"why": "more steps", "harder": "first"}', 'first'],
  ['{"harder":"SECOND"}', 'second'],
  ['```json\n{"why": "even", "harder": "tie"}\n```', 'tie'],
  ['{"why": "The winner is first at a glance, yet", "harder": "second"}', 'second'],
  ['{"harder": "first"}\nOn reflection:\n{"harder": "second"}', 'second'],
  ['<think>harder: first</think>{"harder": "second"}', 'second'],
  ['{"why": "cut off, "harder": "first"', 'first'],
  ['WINNER: FIRST', 'first'],
  ['Winner: FIRST. No, wait.\nWINNER: SECOND', 'second'],
  ['**Winner:** B', 'second'],
  ['Verdict: **problem 2**', 'second'],
  ['verdict = A because of the picture', 'first'],
  ['The harder problem is the second.', 'second'],
  ['The first problem is clearly harder than the second.', 'first'],
  ['The second looks hard, but problem A is harder', 'first'],
  ['These two are equally difficult.', 'tie'],
  ['It is a tie', 'tie'],
  ['Harder: a tie', 'tie'],
  ['second', 'second'],
  ['A', 'first'],
  [' 2. ', 'second'],
  ['the first is harder; after all, the second is harder', 'second'],
];

const unreadable: readonly string[] = [
  '',
  'I cannot judge this.',
  '<think>harder: first',
  '{"harder": "first|second|tie"}',
  '{"harder": "first" or "second" or "tie"}',
  '{"harder": null}',
  '{"harder": "first", "winner": "second"}',
  '{"harder": "first"}\n{"harder": "unsure"}',
  'Winner: first or second',
  'Winner: A/B',
  'The first is not harder.',
  'not equally hard',
  'Harder: not the first',
  'Harder: a bit unclear',
  'Winner: 1.5',
  'The answer is 42, and the second angle is 30 degrees.',
  'secondary',
];

describe('the last verdict of a reply', () => {
  test.each(readable)('%j is read', (reply, verdict) => {
    expect(readBattleReply(reply)).toBe(verdict);
  });

  test.each(unreadable)('%j is no verdict', (reply) => {
    expect(readBattleReply(reply)).toBeUndefined();
  });

  test('whatever comes before, the JSON at the end decides', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(...readable.map(([reply]) => reply), ...unreadable),
      fc.stringMatching(/^[{}"':,a-z ]{0,60}$/),
    );
    fc.assert(
      fc.property(fc.array(noise, { maxLength: 6 }), fc.constantFrom('first', 'second', 'tie'), (before, verdict) => {
        const lead = before.join('\n').replaceAll('think>', 'thinking>');
        expect(readBattleReply(`${lead}\n{"why": "so", "harder": "${verdict}"}`)).toBe(verdict);
      }),
      { numRuns: 500 },
    );
  });

  test('any text is read without a throw, and to a side or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect([undefined, 'first', 'second', 'tie']).toContain(readBattleReply(text));
      }),
      { numRuns: 500 },
    );
  });

  test.each(['{', 'harder: ', 'the first is ', '{"harder": "', '<think>', ' \t', '"*_('])(
    'megabytes of %j are read in no time worth mentioning',
    (piece) => {
      const text = piece.repeat(Math.ceil(4_000_000 / piece.length));
      expect([undefined, 'first', 'second', 'tie']).toContain(readBattleReply(text));
    },
  );
});
