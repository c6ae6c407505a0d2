import { describe, expect, it } from 'vitest';
import { COMMANDS, parseCommand } from './command.ts';

describe('a line in the note box', () => {
  it.each(['We restarted it', '//ic is a command', '/etc/hosts was wrong', '', '/', 'say /ic to take it'])(
    '%j is a note',
    (line) => {
      expect(parseCommand(line)).toBeNull();
    },
  );

  it.each([
    ['/ic', { kind: 'take-role', role: 'incident-commander' }],
    ['  /IC  ', { kind: 'take-role', role: 'incident-commander' }],
    ['/comms', { kind: 'take-role', role: 'communications-lead' }],
    ['/sev 2 checkout is down too', { kind: 'severity', severity: 'SEV2', reason: 'checkout is down too' }],
    ['/sev SEV1 all of it', { kind: 'severity', severity: 'SEV1', reason: 'all of it' }],
    ['/task roll back 4.2', { kind: 'task', text: 'roll back 4.2' }],
    [
      '/know it began with the deploy\nof 10:00',
      { kind: 'board', field: 'know', text: 'it began with the deploy\nof 10:00' },
    ],
    ['/dontknow why', { kind: 'board', field: 'dontKnow', text: 'why' }],
    ['/doing logs', { kind: 'board', field: 'doing', text: 'logs' }],
    ['/next fail over', { kind: 'board', field: 'next', text: 'fail over' }],
    ['/mitigate', { kind: 'mitigate', body: null }],
    ['/update We are on it', { kind: 'update', body: 'We are on it' }],
  ])('%j is a command', (line, command) => {
    expect(parseCommand(line)).toEqual({ ok: true, command });
  });

  it.each([
    ['/sev 2', '/sev 2 reason'],
    ['/sev 9 worse', '/sev 2 reason'],
    ['/task', '/task what to do'],
    ['/page everybody', 'There is no command /page'],
  ])('%j is refused with what to type instead', (line, hint) => {
    expect(parseCommand(line)).toMatchObject({ ok: false, message: expect.stringContaining(hint) });
  });

  it('offers no command that it does not understand', () => {
    for (const { name } of COMMANDS) expect(parseCommand(`/${name} 2 text`)).toMatchObject({ ok: true });
  });
});
