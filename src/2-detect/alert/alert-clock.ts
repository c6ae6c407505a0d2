/** Wakes the rule that looks at alerts whose time is up: snoozed ones, and ones whose sender went quiet. */
export const ALERT_CLOCK = { name: 'alert.clock' };
