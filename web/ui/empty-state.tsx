import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';

/** Nothing here yet: says why that is fine or what to do, with one button. */
export function EmptyState({
  title,
  children,
  act,
  icon,
}: {
  title: string;
  children?: ReactNode;
  act?: ReactNode;
  icon?: ReactNode;
}) {
  return (
    <Panel className="flex flex-col items-center px-6 py-9 text-center">
      {icon === undefined ? null : <div className="mb-3 text-faint [&_svg]:size-6">{icon}</div>}
      <p className="font-semibold">{title}</p>
      {children === undefined ? null : <div className="mt-1 max-w-md text-muted">{children}</div>}
      {act === undefined ? null : <div className="mt-4">{act}</div>}
    </Panel>
  );
}
