import { expect, it } from 'vitest';
import { questionWords } from './assertion-words.ts';

const words = (options: Record<string, unknown>) =>
  questionWords({
    kind: 'api',
    url: 'https://api.example.org',
    method: null,
    assertions: [],
    degradedAboveMs: null,
    options,
  });

it('says what somebody chose, and nothing that is usual or sealed', () => {
  expect(words({ httpVersion: '1.1', proxy: null, skipVerification: false })).toBe('https://api.example.org');
  expect(words({ httpVersion: '2', proxy: 'http://proxy:3128', proxyPassword: '[secret]' })).toBe(
    'https://api.example.org · http “2” · proxy “http://proxy:3128”',
  );
});

it('says that there is a certificate, and not all of it', () => {
  expect(words({ caPem: '-----BEGIN CERTIFICATE-----\nMIIB' })).toBe('https://api.example.org · trusted authorities');
});
