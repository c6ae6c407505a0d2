import { answerByRules } from './rules.ts';
import type { RulesQuestion } from './rules-question.ts';

/*
 * A process that answers one question and ends: the rules of all countries take some fifty megabytes, which a thread of
 * the server would not give back.
 */
process.once('message', (question: RulesQuestion) => {
  process.send?.(answerByRules(question), () => process.disconnect?.());
});
