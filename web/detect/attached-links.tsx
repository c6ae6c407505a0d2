import { type AlertView, attachedLinks } from '#detect/contract';
import { textLink } from '../ui/link.ts';

/** What a sender attached for people to open, with the host that it leads to; pictures are links too, never loaded here. */
export function AttachedLinks({ alert }: { alert: AlertView }) {
  const links = attachedLinks(alert);
  if (links.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {links.map(({ href, text, kind }) => (
        <li key={href} className="min-w-0 break-words">
          <a href={href} target="_blank" rel="noreferrer noopener" className={textLink}>
            <bdi>{text}</bdi>
          </a>{' '}
          <span className="text-muted">
            {kind === 'picture' && text !== 'Picture' ? 'picture at ' : ''}
            {new URL(href).host}
          </span>
        </li>
      ))}
    </ul>
  );
}
