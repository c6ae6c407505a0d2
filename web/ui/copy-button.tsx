import Check from 'lucide-react/icons/check';
import Copy from 'lucide-react/icons/copy';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';

/** Puts `text` on the clipboard and says so for two seconds; where the clipboard is refused it says that instead. */
function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), 2000);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  }
  return (
    <Button
      size="sm"
      onClick={() => void copy()}
      icon={outcome === 'copied' ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
    >
      <span aria-live="polite">
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Select it and copy by hand' : label}
      </span>
    </Button>
  );
}

/** A value to take away: a key, a link, a command. Wraps anywhere, can be selected whole. */
export function CopyLine({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-center gap-2 rounded-control border border-line-strong bg-sunken py-1 pr-1 pl-2.5">
      <code aria-label={label} className="min-w-0 flex-1 font-mono text-sm break-all select-all">
        {text}
      </code>
      <CopyButton text={text} />
    </div>
  );
}

/** Lines to take away: a configuration, a command. What is longer than the line is all there to be read. */
export function CopyBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="grid gap-2 rounded-control border border-line-strong bg-sunken p-2.5">
      <pre
        tabIndex={0}
        aria-label={label}
        className="max-h-80 overflow-auto font-mono text-xs leading-5 break-words whitespace-pre-wrap"
      >
        {text}
      </pre>
      <div className="justify-self-end">
        <CopyButton text={text} />
      </div>
    </div>
  );
}
