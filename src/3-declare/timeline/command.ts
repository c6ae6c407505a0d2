import type { IncidentRole } from '../role/contract.ts';
import type { Severity } from '../severity/contract.ts';

/** What a line that starts with `/` in the note box asks for. The dashboard carries it out by the API of that part. */
export type Command =
  | { readonly kind: 'take-role'; readonly role: IncidentRole }
  | { readonly kind: 'severity'; readonly severity: Severity; readonly reason: string }
  | { readonly kind: 'task'; readonly text: string }
  | { readonly kind: 'board'; readonly field: 'doing' | 'know' | 'dontKnow' | 'next'; readonly text: string }
  | { readonly kind: 'mitigate'; readonly body: string | null }
  | { readonly kind: 'update'; readonly body: string | null };

export type CommandRefusal = { readonly ok: false; readonly message: string };

type Help = { readonly name: string; readonly usage: string; readonly does: string };

/** Every command, for the list that opens on `/`. */
export const COMMANDS: readonly Help[] = [
  { name: 'ic', usage: '/ic', does: 'Take the role of incident commander' },
  { name: 'comms', usage: '/comms', does: 'Take the role of communications lead' },
  { name: 'sev', usage: '/sev 2 reason', does: 'Change the severity and say why' },
  { name: 'task', usage: '/task what to do', does: 'Add a task' },
  { name: 'doing', usage: '/doing text', does: 'Say on the board what you are doing' },
  { name: 'know', usage: '/know text', does: 'Add what is known to the board' },
  { name: 'dontknow', usage: '/dontknow text', does: 'Add an open question to the board' },
  { name: 'next', usage: '/next text', does: 'Say what comes next' },
  { name: 'mitigate', usage: '/mitigate [text]', does: 'Service is restored; post it and go on watching' },
  { name: 'update', usage: '/update [text]', does: 'Write a public update' },
];

const BOARD_FIELDS = { doing: 'doing', know: 'know', dontknow: 'dontKnow', next: 'next' } as const;

/**
 * Reads a line of the note box. null = a plain note: it does not start with `/`, or starts with `//` (a note that shows
 * one slash), or the slash is part of a path such as `/etc/hosts`. A refusal says what to type instead.
 */
export function parseCommand(line: string): { readonly ok: true; readonly command: Command } | CommandRefusal | null {
  const match = /^\/([a-z]+)(?:\s+([\s\S]*))?$/i.exec(line.trim());
  if (!match) return null;
  const name = (match[1] ?? '').toLowerCase();
  const rest = (match[2] ?? '').trim();
  switch (name) {
    case 'ic':
      return accept({ kind: 'take-role', role: 'incident-commander' });
    case 'comms':
      return accept({ kind: 'take-role', role: 'communications-lead' });
    case 'sev':
      return parseSeverity(rest);
    case 'task':
      return rest === '' ? usage('task') : accept({ kind: 'task', text: rest });
    case 'doing':
    case 'know':
    case 'dontknow':
    case 'next':
      return rest === '' ? usage(name) : accept({ kind: 'board', field: BOARD_FIELDS[name], text: rest });
    case 'mitigate':
      return accept({ kind: 'mitigate', body: rest || null });
    case 'update':
      return accept({ kind: 'update', body: rest || null });
    default:
      return {
        ok: false,
        message: `There is no command /${name}. Commands: ${COMMANDS.map((c) => `/${c.name}`).join(' ')}. Start with // to write a note.`,
      };
  }
}

function parseSeverity(rest: string) {
  const match = /^(?:sev)?([1-4])(?:\s+([\s\S]+))?$/i.exec(rest);
  if (!match?.[2]) return usage('sev');
  return accept({ kind: 'severity', severity: `SEV${match[1]}` as Severity, reason: match[2].trim() });
}

function accept(command: Command) {
  return { ok: true, command } as const;
}

function usage(name: string): CommandRefusal {
  return { ok: false, message: `Write it as “${COMMANDS.find((c) => c.name === name)?.usage ?? `/${name}`}”.` };
}
