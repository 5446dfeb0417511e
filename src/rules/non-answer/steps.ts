/** Cues of what an agent does on the way to an answer. */
export const STEPS: readonly string[] = [
  'cue/question',
  'cue/hold',
  'cue/act-soon',
  'cue/transfer',
  'cue/canned-greeting',
  'cue/ask-order',
  'cue/ask-photo',
  'cue/ask-phone',
  'cue/ask-address',
  'cue/ask-problem',
  'cue/asks-for',
];
