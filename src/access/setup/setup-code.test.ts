import { describe, expect, it } from 'vitest';
import { loadConfig } from '#platform/config.ts';
import { createSecrets } from '#platform/secrets.ts';
import { isExposed, isSetupCode, setupCodeOf } from './setup-code.ts';

const secrets = createSecrets('one-secret-key-one-secret-key-00');
const others = createSecrets('another-key-another-key-another-0');

describe('the setup code', () => {
  it('is the same for every node with the same secret key, and another one for another key', () => {
    expect(setupCodeOf(secrets)).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){3}$/);
    expect(setupCodeOf(createSecrets('one-secret-key-one-secret-key-00'))).toBe(setupCodeOf(secrets));
    expect(setupCodeOf(others)).not.toBe(setupCodeOf(secrets));
  });

  it('is taken with other capitals, spaces and dashes, and in no other way', () => {
    const code = setupCodeOf(secrets);
    const taken = [code, code.toUpperCase(), ` ${code.replaceAll('-', ' ')} `, code.replaceAll('-', '')];
    expect(taken.filter((typed) => isSetupCode(secrets, typed))).toEqual(taken);
    const refused = ['', '-', code.slice(0, -1), `${code}0`, setupCodeOf(others)];
    expect(refused.filter((typed) => isSetupCode(secrets, typed))).toEqual([]);
  });
});

describe('an installation is exposed', () => {
  it.each([
    [false, {}],
    [false, { ALLCLEAR_HOST: 'localhost' }],
    [false, { ALLCLEAR_HOST: '::1' }],
    [false, { ALLCLEAR_HOST: '127.0.0.2', ALLCLEAR_PUBLIC_URL: 'http://allclear.localhost:8080' }],
    [true, { ALLCLEAR_HOST: '0.0.0.0' }],
    [true, { ALLCLEAR_HOST: '::' }],
    [true, { ALLCLEAR_HOST: '192.168.0.7' }],
    [true, { ALLCLEAR_HOST: '0.0.0.0', ALLCLEAR_PUBLIC_URL: 'http://localhost:4242' }],
    [true, { ALLCLEAR_PUBLIC_URL: 'https://allclear.example.com' }],
    [true, { ALLCLEAR_PUBLIC_URL: 'http://10.0.0.7:4242' }],
    [true, { ALLCLEAR_PUBLIC_URL: 'https://localhost.example.com' }],
    [true, { ALLCLEAR_TRUSTED_PROXIES: '127.0.0.1/32' }],
  ])('%s with %j', (exposed, environment) => {
    expect(isExposed(loadConfig(environment))).toBe(exposed);
  });
});
