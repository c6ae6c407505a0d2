import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type postUpdateRoute, previewUpdate } from '#communicate/contract';
import type { RouteArguments } from '#kernel/route.ts';
import { useEffect, useState } from 'react';
import { api } from '../data/api.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

export type UpdateBody = RouteArguments<typeof postUpdateRoute>['body'];

const restMs = 400;

/** Keeps still while somebody types. */
function useRested<Value>(value: Value): Value {
  const [rested, setRested] = useState(value);
  const shape = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), restMs);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the shape says when the value has changed
  }, [shape]);
  return rested;
}

/** Links of the preview lead nowhere: it is a picture of the page. */
const still = '<style>a,button,summary,input{pointer-events:none}</style></head>';
const pictureOf = (html: string) => html.replace('</head>', still).replace(/<script>.*?<\/script>/s, '');

/** The public page as it would be with this update, made by the server from the words as they stand. */
export function UpdatePreview({
  incidentId,
  body,
  className,
}: {
  incidentId: string;
  body: UpdateBody;
  className?: string;
}) {
  const rested = useRested(body);
  const preview = useQuery({
    queryKey: ['update-preview', incidentId, rested],
    queryFn: ({ signal }) => api.call(previewUpdate, { params: { id: incidentId }, body: rested }, { signal }),
    enabled: rested.body.trim() !== '',
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  if (rested.body.trim() === '') return <p className="text-muted">Write something to see it here.</p>;
  if (preview.data === undefined) {
    return preview.error === null ? <Skeleton className={className ?? 'h-64'} /> : <ErrorNote error={preview.error} />;
  }
  return (
    <iframe
      title="The public page as it would be"
      sandbox=""
      srcDoc={pictureOf(preview.data.html)}
      className={`w-full rounded-panel border border-line bg-surface ${className ?? 'h-64'}`}
    />
  );
}
