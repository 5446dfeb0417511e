/** Who is neither the agent nor the customer, right before a verb: 业主也[不清楚], 快递员[说不准]. */
const OTHER =
  /(?:[他她它]们?|业主|房东|买家|客户|客人|快递员?|配送员?|师傅|司机|站点|厂家|商家|卖家|仓库|同事|别人|人家|有人|朋友|老公|老婆|家人|孩子|妈|爸|小卖部|物业|邻居)(?:那边|这边|方面|自己|也|还|都|可能|现在|目前|暂时|本人|说|是|就|根本|一般|在国外)*$/;

/** True when words that lead up to a verb end in somebody else as its subject. */
export function endsInOther(before: string): boolean {
  return before !== '' && OTHER.test(before.replace(/其[他它]/g, ''));
}
