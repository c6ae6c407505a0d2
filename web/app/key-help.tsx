import { Dialog } from '../ui/dialog.tsx';
import { keyText } from '../ui/key-hint.tsx';
import { useKeyBindings } from './keys.ts';

/** What each key does on this screen. Loaded on first use. */
export function KeyHelp({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const bindings = useKeyBindings();
  // The latest binding of a key is the one that acts.
  const acting = new Map(bindings.map((binding) => [binding.keys, binding.does]));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      description="They act while you are not writing into a field."
      size="sm"
    >
      <dl className="divide-y divide-line">
        {[...acting].map(([keys, does]) => (
          <div key={keys} className="flex items-center justify-between gap-4 py-2">
            <dt>{does}</dt>
            <dd className="flex gap-1">
              {keys.split(' ').map((key) => (
                <kbd key={key} className="rounded-sm border border-line-strong px-1.5 font-sans text-xs text-muted">
                  {keyText(key)}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
