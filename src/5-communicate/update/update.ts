import type { ComponentStatus } from '../public/page.ts';
import type { SaidStatus } from '../component/contract.ts';
import type { UpdateStatus } from './contract.ts';

/** One public update as it was said; it never changes afterwards. */
export type Update = {
  readonly id: string;
  readonly incidentId: string;
  readonly title: string;
  readonly status: UpdateStatus;
  readonly body: string;
  readonly components: readonly SaidChange[];
  readonly postedAt: Date;
  readonly postedBy: string | null;
  readonly nextUpdateBy: Date | null;
  readonly notify: boolean;
  readonly drill: boolean;
  readonly statusPageIds: readonly string[];
};

export type SaidChange = {
  readonly id: string;
  readonly name: string;
  readonly from: ComponentStatus;
  readonly to: ComponentStatus;
};

export type NewUpdate = {
  readonly status: UpdateStatus;
  readonly body: string;
  readonly title?: string | undefined;
  readonly components?: readonly { readonly id: string; readonly status: SaidStatus }[] | undefined;
  readonly nextUpdateInSeconds?: number | undefined;
  readonly notify?: boolean | undefined;
};
