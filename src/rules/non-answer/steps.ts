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

/** What the agent must know is asked for, and asked again until it comes. */
export const REQUEST = /请.{0,6}(?:提供|发|填|告知|确认|核对|稍)|麻烦/;
