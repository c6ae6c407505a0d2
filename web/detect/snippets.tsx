import type { Snippet } from '#detect/contract';
import { CopyBlock } from '../ui/copy-button.tsx';

/** Texts to copy, each under a sentence that says where it goes. */
export function Snippets({ snippets }: { snippets: readonly Snippet[] }) {
  return (
    <div className="grid gap-3">
      {snippets.map(({ where, text }) => (
        <div key={where} className="grid grid-cols-1 gap-1">
          <p className="text-xs text-muted">{where}</p>
          <CopyBlock label="Copy the configuration" text={text} />
        </div>
      ))}
    </div>
  );
}
