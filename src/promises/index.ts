export { ACTS, type Act } from './acts.js';
export { type Due, dueAt, isSameDay, type WorkingTime, workingTime } from './due.js';
export { parseNumeral } from './numerals.js';
export { promisesIn, type SpokenPromise } from './promises.js';
export { type TimeTerm, timeTerms } from './time-terms.js';
