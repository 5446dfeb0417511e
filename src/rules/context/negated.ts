import type { Scope } from './scope.js';

/**
 * Words that take the span back. 是不是 and 你不是…吗 are questions and mean the opposite; 别 and 不要 deny nothing
 * unless they are about saying it (请不要说…).
 */
const DENIES =
  /(?:(?<!是)不是|并非|绝非|(?<![有要])没有?|从来没有?|从没|未曾|不会|绝不|从不|不敢|不该|不应该?|不能|不可以|不至于|不想|不愿)(?:是|在|想|要|敢|会|意思|故意|存心|任何|针对|觉得|认为|指|说|讲|骂|叫|用)*(?:[你您妳]们?|您这边|谁|人|什么)?(?:是|很|太)?$/;
const FORBIDS =
  /(?:别|不要|请勿|勿|不许|禁止|不得|不可|少)(?:再|在|随便|动不动|总|老)?(?:说|讲|骂|发|用|写|打|使用|出现|辱骂)[^你您妳]{0,4}$/;
const ASKS_BACK = /[吗嘛么吧][？?]?\s*$/;

/** True when the clause denies or forbids the span instead of saying it: 不是说您有病, 请不要骂…. */
export function isNegated(scope: Scope): boolean {
  if (FORBIDS.test(scope.before)) return true;
  return DENIES.test(scope.before) && !ASKS_BACK.test(scope.after);
}
