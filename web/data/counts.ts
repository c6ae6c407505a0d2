/** The figures in the sidebar. */
export interface Counts {
  incidents?: number;
}

export function useCounts(): Counts {
  return {};
}
