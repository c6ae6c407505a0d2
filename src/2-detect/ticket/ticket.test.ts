import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf, readTicket, type Ticket, ticketKey } from './ticket.ts';

const read = (body: unknown): Ticket => {
  const result = readTicket(body);
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.ticket;
};

describe('a ticket', () => {
  it.each([
    [
      'of Zendesk, as an event',
      {
        type: 'zen:event-type:ticket.created',
        subject: 'zen:ticket:35436',
        detail: { id: '35436', subject: 'Cannot pay', description: 'Spins.', status: 'NEW' },
      },
      { id: '35436', subject: 'Cannot pay', description: 'Spins.', over: false },
    ],
    [
      'of Freshdesk',
      {
        freshdesk_webhook: {
          ticket_id: 9,
          ticket_subject: 'Cannot pay',
          ticket_url: 'https://acme.freshdesk.example/9',
          ticket_status: 'Closed',
        },
      },
      { id: '9', subject: 'Cannot pay', url: 'https://acme.freshdesk.example/9', over: true },
    ],
    [
      'of Help Scout',
      {
        id: 55,
        number: 12,
        subject: 'Cannot pay',
        preview: 'Hello',
        status: 'active',
        _links: { web: { href: 'https://secure.helpscout.example/12' } },
      },
      {
        id: '12',
        subject: 'Cannot pay',
        url: 'https://secure.helpscout.example/12',
        description: 'Hello',
        over: false,
      },
    ],
    [
      'of any other',
      {
        id: 7,
        subject: ' Cannot\n pay ',
        url: 'javascript:alert(1)',
        requesters: 4,
        component: 'Checkout',
        status: 'solved',
      },
      { id: '7', subject: 'Cannot pay', url: null, requesters: 4, component: 'Checkout', over: true },
    ],
    ['with a count that is none', { id: 7, subject: 'x', requesters: 'many' }, { requesters: 1 }],
  ])('%s is read', (_, body, ticket) => expect(read(body)).toMatchObject(ticket));

  it.each([
    [{ subject: 'x' }, 'no id'],
    [{ id: 1 }, 'no subject'],
    [{ id: {}, subject: 'x' }, 'no id'],
    [[], 'JSON object'],
    [null, 'JSON object'],
  ])('%j is refused', (body, why) => {
    const result = readTicket(body);
    expect(result.ok ? '' : result.errors[0]?.message).toContain(why);
  });

  it('has the key that its source goes by', () => {
    const [one, two] = [
      read({ id: 1, subject: 'Cannot pay', component: 'Shop' }),
      read({ id: 2, subject: 'Re: cannot pay', component: 'shop' }),
    ];
    const plain = read({ id: 3, subject: 'Cannot pay' });
    const rule = (sameBy: 'subject' | 'component' | 'ticket') => ({ sameBy, severity: 'warning' as const });
    expect(ticketKey(one, rule('subject'))).toBe(ticketKey(two, rule('subject')));
    expect(ticketKey(one, rule('component'))).toBe(ticketKey(two, rule('component')));
    expect(ticketKey(plain, rule('component'))).toBe(ticketKey(one, rule('subject')));
    expect(ticketKey(one, rule('ticket'))).not.toBe(ticketKey(two, rule('ticket')));
  });

  it('that is solved closes an alert of its own, and none that it shares', () => {
    const solved = read({ id: 1, subject: 'x', status: 'Solved' });
    expect(outcomeOf(solved, { sameBy: 'ticket', severity: 'warning' })).toBe('resolved');
    expect(outcomeOf(solved, { sameBy: 'subject', severity: 'warning' })).toBe('ignored');
  });

  it('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.jsonValue(), (body) => void readTicket(body)));
  });
});
