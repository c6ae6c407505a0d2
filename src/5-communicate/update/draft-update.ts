import type { Ctx } from '#platform/ctx.ts';
import type { SaidStatus } from '../component/contract.ts';
import type { ComponentStatus } from '../public/page.ts';
import type { UpdateStatus } from './contract.ts';

export type Draft = {
  readonly status: UpdateStatus;
  readonly title: string;
  readonly body: string;
  readonly components: readonly {
    readonly id: string;
    readonly name: string;
    readonly from: ComponentStatus;
    readonly to: SaidStatus;
  }[];
  readonly nextUpdateInSeconds: number | null;
};

export async function draftUpdate(_ctx: Ctx, _incidentId: string, _status?: UpdateStatus): Promise<Draft> {
  throw new Error('not built yet');
}
