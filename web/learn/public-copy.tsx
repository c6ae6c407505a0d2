import { Markdown } from '../ui/markdown.tsx';
import { Section } from '../ui/panel.tsx';
import type { PostmortemView } from './postmortem-view.ts';

/** What the public reads of it, once there is something. */
export function PublicCopy({ postmortem }: { postmortem: PostmortemView }) {
  if (postmortem.publicBody === null && postmortem.publicDeclinedReason === null) return null;
  return (
    <Section title="On the status page" aside={postmortem.publicAt === null ? 'not yet public' : undefined}>
      {postmortem.publicBody === null ? (
        <p className="text-muted">Nothing: {postmortem.publicDeclinedReason}</p>
      ) : (
        <Markdown text={postmortem.publicBody} />
      )}
    </Section>
  );
}
