export * from './conversation.js';
export * from './errors.js';
export * from './finding.js';
export * from './message.js';
export * from './profile.js';
export * from './report.js';
export * from './skip.js';
export * from './zone.js';
