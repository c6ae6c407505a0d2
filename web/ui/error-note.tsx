import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { ApiProblem, type ProblemField } from '#client';
import { Button } from './button.tsx';
import { Glyph } from './glyph.tsx';

/** What to tell a person about a fault: the server's own sentence where it sent one. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  if (error instanceof Error && error.message !== '') return error.message;
  return 'Something went wrong on this page. Reload it; if it stays, the server log says more.';
}

/**
 * A fault, in words: what, which, what to do. `shown` names fields that say their own fault beside the control, so that
 * nothing is said twice. Renders nothing without an error.
 */
export function ErrorNote({
  error,
  shown = [],
  onRetry,
  className,
}: {
  error: unknown;
  shown?: readonly string[];
  onRetry?: () => void;
  className?: string;
}) {
  if (error === undefined || error === null || error === false) return null;
  const fields = error instanceof ApiProblem ? error.errors : [];
  const left = fields.filter((field) => !shown.includes(field.path));
  const everyFaultHasAPlace = fields.length > 0 && left.length === 0;
  return (
    <Note tone="bad" role="alert" className={className}>
      <p>{everyFaultHasAPlace ? 'Please look at the marked fields.' : sentenceOf(error)}</p>
      <FieldFaults fields={left} />
      {onRetry === undefined ? null : (
        <Button size="sm" className="mt-2" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Note>
  );
}

function FieldFaults({ fields }: { fields: readonly ProblemField[] }) {
  if (fields.length === 0) return null;
  return (
    <ul className="mt-1 list-disc pl-4">
      {fields.map((field) => (
        <li key={`${field.path} ${field.message}`}>
          {field.path === '' ? null : (
            <code className="font-mono text-xs">{field.path.replace(/^(body|query|params)\./, '')}</code>
          )}{' '}
          {field.message}
        </li>
      ))}
    </ul>
  );
}

const boxes = {
  bad: 'border-bad bg-bad-tint text-bad-text',
  warn: 'border-warn bg-warn-tint text-warn-text',
  accent: 'border-accent bg-accent-tint text-accent-text',
  ok: 'border-ok bg-ok-tint text-ok-text',
  neutral: 'border-line bg-sunken text-text',
};
const glyphs = { bad: 'up', warn: 'dot', accent: 'diamond', ok: 'check', neutral: 'ring' } as const;

/** One thing a person should know about the screen, in a box of its tone. */
export function Note({
  tone = 'neutral',
  role,
  className,
  children,
}: {
  tone?: keyof typeof boxes;
  role?: 'alert' | 'status';
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div
      role={role}
      className={clsx('flex items-start gap-2.5 rounded-panel border px-3 py-2', boxes[tone], className)}
    >
      <Glyph name={glyphs[tone]} className="mt-[5px] size-2.5" />
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </div>
  );
}
