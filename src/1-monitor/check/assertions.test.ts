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
    [{ kind: 'size', test: 'less', bytes: 21 }, 'holds'],
    [{ kind: 'size', test: 'less', bytes: 20 }, 'expected a body of less than 20 bytes, got 20 bytes'],
    [{ kind: 'size', test: 'greater', bytes: 20 }, 'expected a body of more than 20 bytes, got 20 bytes'],
    [
      { kind: 'json', path: '$.a', test: 'exists', value: '' },
      'expected $.a to exist, got a body that is not JSON: "Grüße, all is well"',
    ],
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

describe('a JSON value', () => {
  const body = {
    ok: true,
    none: null,
    n: 7,
    text: '7.5',
    list: [1, 2, 3],
    users: [{ up: 'yes' }, { up: 'no' }],
    deep: { a: 1, b: [2] },
  };
  const json: Answer = { ...ANSWER, body: Buffer.from(JSON.stringify(body)) };
  it.each([
    ['$.ok', 'equals', 'true', 'holds'],
    ['$.ok', 'equals', 'yes', 'expected $.ok to be yes, got true'],
    ['$.none', 'equals', 'null', 'holds'],
    ['$.n', 'equals', '7.0', 'holds'],
    ['$.text', 'equals', '7.50', 'expected $.text to be 7.50, got "7.5"'],
    ['$.deep', 'equals', '{"b": [2], "a": 1}', 'holds'],
    ['$.n', 'not-equals', '7', 'expected $.n not to be 7, got 7'],
    ['$.missing', 'not-equals', '7', 'expected $.missing not to be 7, got no such value'],
    ['$.missing', 'not-exists', '', 'holds'],
    ['$.users[*].up', 'not-exists', '', 'expected $.users[*].up not to exist, got 2 values'],
    ['$.users[*].up', 'equals', 'yes', 'expected $.users[*].up to be yes, got "no" among 2 values'],
    ["$.users[?@.up == 'no']", 'exists', '', 'holds'],
    ['$.list', 'contains', '2', 'holds'],
    ['$.list', 'contains', '4', 'expected $.list to contain "4", got [1,2,3]'],
    ['$.text', 'contains', '.5', 'holds'],
    ['$.text', 'matches', '^\\d\\.\\d$', 'holds'],
    ['$.text', 'less', '7.6', 'holds'],
    ['$.n', 'greater', '7', 'expected $.n to be greater than 7, got 7'],
    ['$.ok', 'less', '7', 'expected $.ok to be less than 7, got true'],
    ['$.list', 'count-greater', '2', 'holds'],
    ['$.list', 'count-less', '3', 'expected $.list to be fewer than 3, got 3'],
    ['$.users[*].up', 'count-less', '3', 'holds'],
    ['$.missing[*]', 'count-less', '1', 'holds'],
    [
      '$.list[',
      'exists',
      '',
      'the path “$.list[” expects a number, a name in quotes, * or ? in its bracket (at character 8)',
    ],
  ] as const)('%s %s %s: %s', (path, test, value, expected) => {
    expect(sentence({ kind: 'json', path, test, value }, json)).toBe(expected);
  });

  it('that is nested deeper than anybody writes is shown in short', () => {
    const deep = { ...ANSWER, body: Buffer.from(`{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`) };
    const found = sentence({ kind: 'json', path: '$.a', test: 'equals', value: '1' }, deep);
    expect(found).toMatch(/^expected \$\.a to be 1, got \[+…$/);
  });
});
