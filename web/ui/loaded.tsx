import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { ErrorNote } from './error-note.tsx';
import { LoadingRows } from './skeleton.tsx';

/** What a read needs around it: rows while it loads, the fault with "Try again", then the content. */
export function Loaded<Data>({
  read,
  rows,
  children,
}: {
  read: { data: Data | undefined; error: unknown; refetch: () => unknown };
  rows?: number;
  children: (data: Data) => ReactNode;
}) {
  // What was read before stays on screen; the live indicator says that it may be old.
  if (read.data !== undefined) return <>{children(read.data)}</>;
  if (read.error !== null && read.error !== undefined) {
    return <ErrorNote error={read.error} onRetry={() => void read.refetch()} />;
  }
  return <LoadingRows {...(rows === undefined ? {} : { rows })} />;
}

/** The same for a list with a cursor, with its empty state and the button for more. */
export function LoadedList<Item>({
  list,
  rows,
  empty,
  children,
}: {
  list: {
    items: readonly Item[] | undefined;
    error: unknown;
    refetch: () => unknown;
    hasMore: boolean;
    loadingMore: boolean;
    more: () => void;
  };
  rows?: number;
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
}) {
  return (
    <Loaded
      read={{ data: list.items, error: list.error, refetch: list.refetch }}
      {...(rows === undefined ? {} : { rows })}
    >
      {(items) => (
        <>
          {items.length === 0 ? empty : children(items)}
          {list.hasMore ? (
            <div className="mt-3 flex justify-center">
              <Button busy={list.loadingMore} onClick={list.more}>
                Show more
              </Button>
            </div>
          ) : null}
        </>
      )}
    </Loaded>
  );
}
