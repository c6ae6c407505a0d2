import type { LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** One entry of the sidebar. */
export interface Place {
  to: NonNullable<LinkProps['to']>;
  label: string;
  /** Where its screens are besides: `/schedules` and what is below. */
  also?: readonly string[];
  /** Second key after `g`. */
  key: string;
  icon: ReactNode;
  count?: number | undefined;
  /** The one count that may shout. */
  urgent?: boolean;
  /** The count tells how many there are, not how many wait: the phone's bar leaves it out. */
  plain?: boolean;
  /** Stands in the phone's bottom bar as well. */
  onPhone?: boolean;
}
