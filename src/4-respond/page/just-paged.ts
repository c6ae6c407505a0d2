const JUST_PAGED_MS = 60_000;

/** Whether a message went out long enough ago: somebody who was paged this moment has something else to read. */
export function wasBefore(now: Date): (notice: { readonly dueAt: Date }) => boolean {
  return ({ dueAt }) => now.getTime() - dueAt.getTime() > JUST_PAGED_MS;
}
