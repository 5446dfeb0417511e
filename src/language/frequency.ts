/**
 * Characters that service chats are full of, the commonest first. Only the order of magnitude matters: it decides which
 * piece of a template the automaton looks for.
 */
const COMMON =
  '您的亲我是不好了有这个在呢哦一下可以到您们客请你来发货没要看给就人会得时间问题什么后么能为单订吗没天服还对出那都帮' +
  '送已系快查收大多起也说小当家里点里地址电话确认方上自己和如果需先后面品质量用过退换款价钱件买卖店拍物流派催转接通知反' +
  '馈处理感谢支持祝愉生活心情购关注联系机号码信息手动提交选择商品颜色尺寸重开始现月日前今明早晚号哈呀啊吧嗯稍等耐待' +
  '麻烦不好意思抱歉对起评图片公司平台优惠券活动参加申请成功取消修改核实清楚知道边' +
  '货房车衣鞋尺码裤件套箱包盒瓶袋机电脑屏保险安装师傅配送库存省市区县京海南北东西江浙广苏州川' +
  '放心吃穿喝长高重胖瘦宽厚薄真好少贵便宜花元块毛差价比较种样类别其他另外各每整全部分两三四五六七八九十百千万半几' +
  '正式规定时效期间内之以因为所由于但虽然而且或者与及按照根据写填点击打开进入登录账户密码验证支付宝微信银行卡红' +
  '孩子宝妈老人男女朋友同事领导经理先生女士美帅妹哥姐爸爷奶公婆家做用法律理由原态度问反死活气急忙慢快早晚久';

/** Common characters come in common words (地址), so each counts for more than its own share. */
const PROBABILITY = new Map<string, number>();
for (const char of COMMON) {
  if (!PROBABILITY.has(char)) PROBABILITY.set(char, Math.sqrt(0.3 / (8 + PROBABILITY.size)));
}
const LETTER = 0.03;
const RARE = 0.0005;

/** How likely a stretch of clean text starts with this skeleton, to an order of magnitude. */
export function likelihood(skeleton: string): number {
  let likely = 1;
  for (const char of skeleton) {
    likely *= PROBABILITY.get(char) ?? (char.charCodeAt(0) < 0x80 ? LETTER : RARE);
  }
  return likely;
}
