export { recoveryProposed, stoodDown } from './events.ts';
