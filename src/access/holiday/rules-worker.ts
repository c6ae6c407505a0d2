import { parentPort, workerData } from 'node:worker_threads';
import { answerByRules } from './rules.ts';
import type { RulesQuestion } from './rules-question.ts';

/*
 * Runs apart from the server and only for one question: the rules of all countries take some forty megabytes, which go
 * back when this thread ends.
 */
// A port of a thread has no origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(answerByRules(workerData as RulesQuestion));
