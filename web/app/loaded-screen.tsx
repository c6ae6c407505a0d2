import type { ReactNode } from 'react';
import { ApiProblem } from '#client';
import { ErrorNote } from '../ui/error-note.tsx';
import { Page } from '../ui/panel.tsx';
import { LoadingRows } from '../ui/skeleton.tsx';
import { NotFoundScreen } from './fault-screen.tsx';

/** A screen about one thing that has to be read first: its frame stands from the start, and a missing thing is said to be missing. */
export function LoadedScreen<Data>({
  read,
  title,
  children,
}: {
  read: { data: Data | undefined; error: unknown; refetch: () => unknown };
  /** What stands above while there is nothing better: "Monitor". */
  title: string;
  children: (data: Data) => ReactNode;
}) {
  if (read.data !== undefined) return <>{children(read.data)}</>;
  if (read.error instanceof ApiProblem && read.error.status === 404) return <NotFoundScreen />;
  const failed = read.error !== null && read.error !== undefined;
  return (
    <Page title={title}>
      {failed ? <ErrorNote error={read.error} onRetry={() => void read.refetch()} /> : <LoadingRows rows={6} />}
    </Page>
  );
}
