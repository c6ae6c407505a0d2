export { type Alert, pagesAtOnce, urgencyOf } from './alert/alert.ts';
export { type NamedResponder, respondersOf } from './alert/named-responder.ts';
export type { AlertState, AlertUrgency, CloseReason, Disposition, SignalSeverity } from './alert/contract.ts';
export {
  alertAcknowledged,
  alertAcknowledgedElsewhere,
  alertAsksFor,
  alertClosed,
  alertDeclares,
  alertEscalated,
  alertJoined,
  alertLedOn,
  alertOpened,
  alertQuieted,
  alertRecurred,
  alertReturned,
  alertShadowed,
  alertUndeclared,
  type ReturnReason,
} from './alert/events.ts';
export { minuteOfWeek, MINUTES_OF_WEEK, minutesOf } from './route/week.ts';
export type { Would } from './route/into-shadow.ts';
export { attachedLinks } from './alert/attached-links.ts';
export { isSecretField, withoutLogin } from './alert/secret-field.ts';
export { type ToldFacts, toldFacts } from './alert/told-facts.ts';
export { acknowledgeAlert } from './alert/acknowledge-alert.ts';
export { closeAlert, closeAsFalseAlarm } from './alert/close-alert.ts';
export { actOnFold } from './fold/act-on-fold.ts';
export { readFolds } from './fold/read-folds.ts';
export { causeWords, type GroupSummary, listOpenOfGroups, readGroup, readGroupSize } from './group/read-group.ts';
export { connectDetectPorts } from './ports.ts';
export { findAlike, listUndecidedAlike } from './suspicion/find-alike.ts';
export { dismissAlert } from './alert/dismiss-alert.ts';
export { lockAlert, lockAlerts } from './alert/store.ts';
export { linkAlertsToIncident, unlinkAlertsFromIncident } from './alert/link-alerts.ts';
export {
  countUndeclared,
  listAlertsBetween,
  listAlertsOfIncident,
  readAlert,
  readAlerts,
} from './alert/read-alerts.ts';
export { closeReportForm, nameReportForm, openReportForm } from './report/report-form.ts';
export { reportByVisitor } from './report/report-by-visitor.ts';
export { selectAlertSettings as readAlertSettings } from './alert-setting/store.ts';
