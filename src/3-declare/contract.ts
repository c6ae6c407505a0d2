export * from './severity/contract.ts';
export * from './incident/contract.ts';
export * from './incident-alerts/contract.ts';
export * from './timeline/contract.ts';
export * from './role/contract.ts';
export * from './promise/contract.ts';
export { COMMANDS, type Command, type CommandRefusal, parseCommand } from './timeline/command.ts';
