export * from './contact-method/contract.ts';
export * from './escalation/contract.ts';
export * from './calendar/contract.ts';
export * from './schedule/contract.ts';
export * from './schedule/shift-contract.ts';
export * from './page/contract.ts';
export * from './task/contract.ts';
export * from './board/contract.ts';
