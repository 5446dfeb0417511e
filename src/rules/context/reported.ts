import { Glance } from '../../model/index.js';
import type { Scope } from './scope.js';

const TELLS = '说|讲|骂|告诉|反映|反馈|喊|回复|回|写|留言|投诉|表示|称';
const OTHERS =
  '[他她]们?|别人|人家|有人|有的|快递员?|配送员?|送货员?|骑手|司机|师傅|站点|站长|仓库|厂家|供应商|卖家|商家|物流|同事|领导|经理|(?:有|其他|别的|另一[个位])(?:客户|顾客|买家|客人)|前台|物业|网上|网友|别家|别的店|那家店?|隔壁|同行';
const REPORT = new RegExp(`(?:${OTHERS})[^，。！？,!?]{0,6}(?:${TELLS})[^，。！？,!?]{0,6}$`);
const SUFFERED = /(?:被|遭|挨)[^，。！？,!?]{0,8}$/;
const ASKED = /(?:是不是|有没有|是否)(?:被|有人|快递|配送|他|她)[^，。！？,!?]{0,8}$/;

/** Each way of telling has one of these. */
const MAY_TELL = new Glance('说讲骂告反喊回写留投表称被遭挨是有');

/** True when the span tells what a third person said or did (快递员说…, 被人骂…), in the agent's account of it. */
export function isReported(scope: Scope): boolean {
  const { before } = scope;
  const lead = scope.sentenceBefore + before;
  if (MAY_TELL.at(lead) === 0) return false;
  return REPORT.test(before) || REPORT.test(lead) || SUFFERED.test(before) || ASKED.test(before);
}
