type FindingRule = 'cause-guess' | 'time-estimate' | 'blame' | 'jargon' | 'no-impact';
export type Finding = { readonly rule: FindingRule; readonly excerpt: string; readonly message: string };

type Pattern = { readonly rule: FindingRule; readonly words: RegExp; readonly message: string };

const PATTERNS: readonly Pattern[] = [
  {
    rule: 'cause-guess',
    words:
      /\b(?:probably|most likely|likely|we (?:think|believe|suspect|assume)|seems? to be (?:caused|due)|might be (?:caused|due)|possibly|root cause)\b[^.!?\n]{0,60}/i,
    message: 'Leave causes out until they are certain; say what customers notice.',
  },
  {
    rule: 'time-estimate',
    words:
      /\b(?:eta\b|(?:fixed|resolved|restored|back|done|working again) (?:in|within|by|before)\b|should (?:only )?take\b|in (?:a few|about|around) (?:minutes|hours)|shortly|any (?:minute|moment) now)[^.!?\n]{0,40}/i,
    message: 'Promise the next update, not the repair: an estimate that is missed costs more than none.',
  },
  {
    rule: 'blame',
    words:
      /\b(?:human error|someone (?:forgot|failed)|(?:engineer|developer|operator|employee|intern|admin)s? (?:forgot|failed|made|broke|pushed|deleted)|(?:because of|thanks to) our (?:provider|vendor))\b[^.!?\n]{0,40}/i,
    message: 'Name no culprit; say what is affected and what is being done.',
  },
  {
    rule: 'jargon',
    words:
      /\b(?:5xx|50[0-4] errors?|OOM(?:Killed)?|kubernetes|k8s|pods?|nodes? (?:is|are) down|segfault|stack ?trace|replica(?:tion)? lag|failover|P9[59])\b/i,
    message: 'Say it in words that a customer uses.',
  },
];

const IMPACT_WORDS =
  /\b(?:customers?|users?|people|you|some|all|service|fail|unavailable|slow|delay|degraded|cannot|can't|unable|down|errors?|missing|restored|working|affected|trouble|recover(?:ed|ing)?)\b/i;

/** Notes on a draft for the public: no guesses about causes, no promises of repair, no blame, plain impact. Never refuses. */
export function lintUpdate(body: string): Finding[] {
  const findings: Finding[] = PATTERNS.flatMap(({ rule, words, message }) => {
    const match = words.exec(body);
    return match ? [{ rule, excerpt: match[0].trim().slice(0, 80), message }] : [];
  });
  if (body.trim() !== '' && !IMPACT_WORDS.test(body)) {
    findings.push({
      rule: 'no-impact',
      excerpt: body.trim().slice(0, 80),
      message: 'Say what customers notice: what fails, for whom.',
    });
  }
  return findings;
}
