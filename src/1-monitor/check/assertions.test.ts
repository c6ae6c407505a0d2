import { describe, expect, it } from 'vitest';
import type { Answer } from './answer.ts';
import { judge } from './assertions.ts';
import { describeResult } from './describe-result.ts';
import type { Assertion } from './spec.ts';

const NOW_MS = Date.UTC(2026, 10, 23);
const DAY_MS = 86_400_000;
const ANSWER: Answer = {
  status: 503,
  headers: [
    ['content-type', 'text/plain; charset=utf-8'],
    ['x-version', '1'],
    ['x-version', '2'],
  ],
  body: Buffer.from('Grüße, all is well'),
  totalMs: 812.4,
  certificateExpiresAtMs: NOW_MS + 9.5 * DAY_MS,
};
const ANY: Assertion = { kind: 'status', in: [{ from: 100, to: 599 }] };

function sentence(assertion: Assertion, answer: Answer = ANSWER): string {
  const assertions = assertion.kind === 'status' ? [assertion] : [ANY, assertion];
  const { failures, patternFault } = judge(assertions, answer, NOW_MS);
  return (
    patternFault ?? (failures.length === 0 ? 'holds' : describeResult({ error: null, failures, totalMs: 1, status: 1 }))
  );
}

describe('each assertion holds, or says what was expected and what came', () => {
  const cases: [Assertion, string][] = [
    [{ kind: 'status', in: [{ from: 500, to: 599 }] }, 'holds'],
    [{ kind: 'status', in: [{ from: 200, to: 200 }] }, 'expected status 200, got 503'],
    [
      {
        kind: 'status',
        in: [
          { from: 200, to: 299 },
          { from: 404, to: 404 },
        ],
      },
      'expected status 200–299 or 404, got 503',
    ],
    [{ kind: 'header', name: 'X-Version', test: 'equals', value: '1, 2' }, 'holds'],
    [
      { kind: 'header', name: 'x-version', test: 'contains', value: '3' },
      'expected header x-version to contain "3", got "1, 2"',
    ],
    [{ kind: 'header', name: 'Content-Type', test: 'matches', value: '^text/(plain|html)' }, 'holds'],
    [
      { kind: 'header', name: 'ETag', test: 'matches', value: '.' },
      'expected header ETag to match ".", got no such header',
    ],
    [{ kind: 'body', test: 'contains', value: 'Grüße' }, 'holds'],
    [{ kind: 'body', test: 'contains', value: 'error' }, 'expected body to contain "error", got "Grüße, all is well"'],
    [{ kind: 'body', test: 'not-contains', value: 'well' }, 'expected body not to contain "well", got it does'],
    [{ kind: 'body', test: 'not-contains', value: 'error' }, 'holds'],
    [{ kind: 'body', test: 'matches', value: 'all\\s+is' }, 'holds'],
    [{ kind: 'body', test: 'matches', value: '^all' }, 'expected body to match "^all", got "Grüße, all is well"'],
    [{ kind: 'response-time', belowMs: 813 }, 'holds'],
    [{ kind: 'response-time', belowMs: 500 }, 'expected an answer within 500 ms, got 812 ms'],
    [{ kind: 'certificate', daysAtLeast: 9 }, 'holds'],
    [
      { kind: 'certificate', daysAtLeast: 14 },
      'expected a certificate valid for at least 14 days, got 9 days left (until 2026-12-02)',
    ],
  ];
  it.each(cases)('%j → %s', (assertion, expected) => expect(sentence(assertion)).toBe(expected));

  it('names an expired certificate, and the lack of one', () => {
    const expired = { ...ANSWER, certificateExpiresAtMs: NOW_MS - DAY_MS };
    expect(sentence({ kind: 'certificate', daysAtLeast: 1 }, expired)).toContain('one that expired on 2026-11-22');
    const plain = { ...ANSWER, certificateExpiresAtMs: null };
    expect(sentence({ kind: 'certificate', daysAtLeast: 1 }, plain)).toContain('no certificate (not https)');
  });

  it('expects 200–399 when no status was asked for', () => {
    expect(judge([], ANSWER, NOW_MS).failures[0]?.expected).toBe('status 200–399');
    expect(judge([], { ...ANSWER, status: 204 }, NOW_MS).failures).toEqual([]);
  });

  it('reads the body in the charset that it names', () => {
    const latin: Answer = {
      ...ANSWER,
      headers: [['content-type', 'text/html;charset=iso-8859-1']],
      body: Buffer.from('Gr\xfc\xdfe', 'latin1'),
    };
    expect(sentence({ kind: 'body', test: 'contains', value: 'Grüße' }, latin)).toBe('holds');
  });
});

describe('a pattern is watched', () => {
  it('gives up on one that explodes, and says that the pattern is at fault', () => {
    const answer = { ...ANSWER, body: Buffer.from('a'.repeat(5_000)) };
    const startedMs = performance.now();
    expect(
      sentence(
        { kind: 'body', test: 'matches', value: '^(a+)+$|(a*)*b' },
        { ...answer, body: Buffer.from(`${'a'.repeat(5_000)}!`) },
      ),
    ).toContain('took longer than 25 ms');
    expect(performance.now() - startedMs).toBeLessThan(500);
    expect(sentence({ kind: 'body', test: 'matches', value: 'a{3}' }, answer)).toBe('holds');
  });

  it('says that an invalid one is invalid', () => {
    expect(sentence({ kind: 'body', test: 'matches', value: '(' })).toContain('the pattern "(" is not valid');
  });
});
