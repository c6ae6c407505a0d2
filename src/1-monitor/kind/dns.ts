import { z } from 'zod';
import { defineKind } from './kind.ts';

/** What can be asked of a name. */
export const RECORD_TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SRV', 'CAA', 'SOA', 'PTR'] as const;

/** A name that must have records, perhaps certain ones. Each record is one line of the answer. */
export const dns = defineKind({
  kind: 'dns',
  schemes: { dns: { port: 0, secure: false } },
  options: z.object({
    recordType: z.enum(RECORD_TYPES).default('A'),
    /** Whom to ask, `192.0.2.53` or `ns1.example.org:5353`; null = the name servers of this machine. */
    resolver: z.string().trim().min(1).max(260).nullable().default(null),
    /** Lines that the answer must have. */
    expect: z.array(z.string().min(1).max(512)).max(20).default([]),
    /** Whether the answer may have others as well. */
    match: z.enum(['all', 'exactly']).default('all'),
  }),
  secrets: [],
  askedAbout: true,
  reached: ['resolver'],
  assertions: ['body', 'response-time'],
});
