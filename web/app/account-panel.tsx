import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sentenceOf } from '../ui/error-note.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { Segments } from '../ui/segments.tsx';
import { chooseTheme, type Theme, useTheme } from './theme.ts';
import { toast } from './toasts.tsx';

const themes: { value: Theme; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** What concerns oneself: theme, keys, leaving. */
export function AccountPanel({
  email,
  onHelp,
  onLeave,
}: {
  email: string;
  onHelp: () => void;
  onLeave: () => Promise<void>;
}) {
  const theme = useTheme();
  const navigate = useNavigate();
  async function leave(): Promise<void> {
    try {
      await onLeave();
      await navigate({ to: '/sign-in' });
    } catch (error) {
      toast({ tone: 'bad', text: sentenceOf(error) });
    }
  }
  return (
    <div className="flex flex-col gap-1">
      <p className="truncate px-2 py-1 text-xs text-muted">{email}</p>
      <div className="flex flex-wrap items-center justify-between gap-2 px-2 py-1">
        <span>Theme</span>
        <Segments label="Theme" value={theme} onChange={chooseTheme} options={themes} />
      </div>
      <Line onClick={onHelp}>
        Keys <KeyHint keys="?" />
      </Line>
      <Line onClick={() => void leave()}>Sign out</Line>
    </div>
  );
}

function Line({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex h-8 w-full items-center justify-between rounded-control px-2 text-left hover:bg-sunken max-md:h-11"
    >
      {children}
    </button>
  );
}
