import { useEffect, useState } from 'react';
import type { ImportTool } from '#respond/contract';
import { Button } from '../ui/button.tsx';
import { CopyBlock } from '../ui/copy-button.tsx';
import { downloadText } from '../ui/download-text.ts';
import { guideOf } from './guide-of.ts';
import { TOOL_NAMES } from './import-words.ts';

/** How to collect the document from a tool: the script of the guide, and the whole guide to keep. */
export function ImportGuide({ tool }: { tool: ImportTool | '' }) {
  const [open, setOpen] = useState(false);
  const [guide, setGuide] = useState<string>();
  useEffect(() => {
    if (open) void import('../../docs/moving-in.md?raw').then((file) => setGuide(file.default));
  }, [open]);
  const found = guide === undefined || tool === '' ? undefined : guideOf(guide, TOOL_NAMES[tool]);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="w-fit text-muted hover:text-text">How to collect it, and what becomes of what</summary>
      {guide === undefined ? null : (
        <div className="mt-2 grid gap-3">
          {tool === '' ? <p className="text-muted">Choose above where it comes from: each tool has a script.</p> : null}
          {found === undefined ? null : (
            <div className="grid gap-1">
              <p className="text-xs text-muted">{found.lead}</p>
              <CopyBlock label="Copy the script" text={found.script} />
            </div>
          )}
          <div>
            <Button size="sm" onClick={() => downloadText('moving-in.md', 'text/markdown', guide)}>
              Download the guide
            </Button>
          </div>
        </div>
      )}
    </details>
  );
}
