import { z } from 'zod';
import { authorities } from './authorities.ts';
import { defineKind } from './kind.ts';

const options = z.object({
  /** Without TLS from the first byte: whether STARTTLS is asked for. */
  startTls: z.enum(['never', 'offered', 'always']).default('offered'),
  /** Accept any certificate; its end is still read. */
  skipVerification: z.boolean().default(false),
  caPem: authorities,
});
const traits = { options, secrets: [], assertions: ['body', 'response-time', 'certificate'] } as const;

/** A mail server that greets. */
export const smtp = defineKind({
  kind: 'smtp',
  schemes: { smtp: { port: 25, secure: false }, smtps: { port: 465, secure: true } },
  ...traits,
});

export const imap = defineKind({
  kind: 'imap',
  schemes: { imap: { port: 143, secure: false }, imaps: { port: 993, secure: true } },
  ...traits,
});

export const pop3 = defineKind({
  kind: 'pop3',
  schemes: { pop3: { port: 110, secure: false }, pop3s: { port: 995, secure: true } },
  ...traits,
});
