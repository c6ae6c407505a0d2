import type { OptionField } from './option-field.ts';

/** How an HTTP monitor signs in; its request has fields of its own. */
export const signInFields: readonly OptionField[] = [
  { name: 'user', label: 'User', aside: 'basic authentication', input: 'text' },
  { name: 'password', label: 'Password', aside: 'kept sealed', input: 'secret' },
  { name: 'bearerToken', label: 'Bearer token', aside: 'in place of them', input: 'secret', wide: true },
  {
    name: 'clientCertificatePem',
    label: 'Client certificate',
    aside: 'PEM',
    hint: 'For servers that ask who connects (mutual TLS).',
    input: 'area',
  },
  { name: 'clientKeyPem', label: 'Its key', aside: 'PEM, kept sealed', input: 'area' },
];

/** How the request of an HTTP monitor gets to its target. */
export const roadFields: readonly OptionField[] = [
  {
    name: 'httpVersion',
    label: 'HTTP',
    hint: 'Where 2 is demanded, a server that speaks 1.1 only is down.',
    input: [
      ['1.1', '1.1'],
      ['2', '2 is demanded'],
      ['auto', '2 where the server offers it'],
    ],
    initial: '1.1',
  },
  {
    name: 'proxy',
    label: 'Proxy',
    aside: 'optional',
    hint: 'While the proxy cannot be reached, the monitor is unknown, not down.',
    placeholder: 'http://proxy.example.org:3128',
    input: 'text',
  },
  { name: 'proxyUser', label: 'User of the proxy', aside: 'optional', input: 'text' },
  { name: 'proxyPassword', label: 'Password of the proxy', aside: 'kept sealed', input: 'secret' },
];

export const account: readonly OptionField[] = [
  { name: 'user', label: 'User', aside: 'optional', input: 'text', early: true },
  { name: 'password', label: 'Password', aside: 'kept sealed', input: 'secret', early: true },
];

const anyCertificate: OptionField = {
  name: 'skipVerification',
  label: 'Accept any certificate',
  hint: 'With TLS, only for targets that you know; the certificate’s end is still watched.',
  input: 'check',
  wide: true,
};

export const ownAuthorities: OptionField = {
  name: 'caPem',
  label: 'Trusted authorities',
  aside: 'PEM, in place of the public ones',
  hint: 'The certificate of your own authority, where it is none that systems know.',
  placeholder: '-----BEGIN CERTIFICATE-----',
  input: 'area',
  wide: true,
};

export const certificateFields = [anyCertificate, ownAuthorities];

export const sqlFields: readonly OptionField[] = [
  ...account,
  {
    name: 'query',
    label: 'Query',
    hint: 'One statement, in a transaction that may only read.',
    input: 'text',
    initial: 'select 1',
    early: true,
    wide: true,
  },
  {
    name: 'expect',
    label: 'First value',
    aside: 'optional',
    hint: 'What the first row must begin with, as text.',
    input: 'text',
  },
  {
    name: 'sslmode',
    label: 'TLS',
    input: [
      ['disable', 'never'],
      ['prefer', 'where offered'],
      ['require', 'always, any certificate'],
      ['verify-full', 'always, certificate verified'],
    ],
    initial: 'prefer',
  },
  { ...ownAuthorities, hint: 'For a certificate that is verified, where its authority is your own.' },
];

export const mailFields: readonly OptionField[] = [
  {
    name: 'startTls',
    label: 'STARTTLS',
    hint: 'Where TLS is not spoken from the first byte.',
    input: [
      ['never', 'never'],
      ['offered', 'where offered'],
      ['always', 'always'],
    ],
    initial: 'offered',
    early: true,
  },
  ...certificateFields,
];

/** How a value is while all is well. */
export const testChoices = [
  ['at-least', 'at least'],
  ['at-most', 'at most'],
  ['above', 'above'],
  ['below', 'below'],
  ['equals', 'exactly'],
  ['differs', 'anything but'],
] as const;
