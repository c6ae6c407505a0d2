import { type AlertSourceView, snippetsOf } from '#detect/contract';
import { CopyBlock } from '../ui/copy-button.tsx';

/** What to write down at the sender, ready to be copied. */
export function SenderSnippet({ source }: { source: AlertSourceView }) {
  return (
    <div className="grid gap-3">
      {snippetsOf(source).map(({ where, text }) => (
        <div key={where} className="grid gap-1">
          <p className="text-xs text-muted">{where}</p>
          <CopyBlock label="Copy the configuration" text={text} />
        </div>
      ))}
    </div>
  );
}
