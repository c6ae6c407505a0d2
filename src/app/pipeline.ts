import type { Stage } from '#platform/stage.ts';
import { stage as access } from '../access/stage.ts';
import { stage as delivery } from '../delivery/stage.ts';
import { stage as monitor } from '../1-monitor/stage.ts';
import { stage as detect } from '../2-detect/stage.ts';
import { stage as declare } from '../3-declare/stage.ts';
import { stage as respond } from '../4-respond/stage.ts';
import { stage as communicate } from '../5-communicate/stage.ts';
import { stage as resolve } from '../6-resolve/stage.ts';
import { stage as learn } from '../7-learn/stage.ts';

/** The two rooms that every stage leans on, then the seven stages: the table of contents of the product. */
export const PIPELINE: readonly Stage[] = [
  access,
  delivery,
  monitor,
  detect,
  declare,
  respond,
  communicate,
  resolve,
  learn,
];
