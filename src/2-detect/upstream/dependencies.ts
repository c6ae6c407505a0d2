import { readDependencies } from '#monitor';
import { onceATransaction } from '#platform/once-a-transaction.ts';

/** Which service needs which. */
export const dependenciesIn = onceATransaction(readDependencies);
