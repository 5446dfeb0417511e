/**
 * A seeded corpus of invented service chats, as CSV or canonical JSONL of a given size: customers of a fictional shop
 * who ask, agents who answer what was asked, interleaved in order of time. Two agent turns in a hundred are dismissive and
 * one in a thousand is abusive: more than in real logs, where both are rarer.
 *
 * The same seed and size give the same bytes.
 */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** mulberry32: small, fast, and the same everywhere. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const GOODS = [
  '棉麻四件套',
  '陶瓷炖锅',
  '儿童书桌',
  '遮光窗帘',
  '蓝牙音箱',
  '羊毛围巾',
  '登山背包',
  '滚筒洗衣机',
  '折叠餐椅',
  '草莓味牙膏',
  '护眼台灯',
  '保温水壶',
  '空气炸锅',
  '乳胶枕头',
  '防滑地垫',
];
const PLACES = ['杭州', '成都', '长沙', '西安', '沈阳', '南宁', '合肥', '兰州', '厦门', '贵阳'];
const CARRIERS = ['中通', '圆通', '顺丰', '极兔', '韵达'];

/** What customers ask, and what fits as an answer; `{slot}`s are filled at random. */
const TALK = [
  ['你好,{goods}还有货吗?', ['亲,您好,{goods}现货的,今天下单{n}小时内发出哦', '有货的亲,今天拍下今天就能发']],
  [
    '{goods}什么时候能发货呀',
    ['下单后48小时内发出的,今天的订单已经在打包了', '亲,预计明天下午出库,出库后您这边会收到短信的'],
  ],
  ['我在{place},几天能到?', ['您好,发{place}一般{n}天左右到的呢', '{place}的话走{carrier},正常三到四天签收']],
  ['可以发{carrier}吗', ['可以的亲,已经帮您备注{carrier}了', '您那边{carrier}能送到的,这就给您改']],
  [
    '订单{order}怎么还没有物流信息',
    [
      '亲,订单{order}已经出库,物流信息稍后会更新的哦',
      '亲,稍等一下,我帮您查询订单{order}',
      '帮您看了,包裹刚刚被{carrier}揽收,晚上就能看到轨迹',
    ],
  ],
  [
    '收到的{goods}有一点划痕,可以换一个吗?',
    [
      '非常抱歉给您带来不便,麻烦您拍一张照片,这边马上为您登记换货',
      '可以的,换货的来回运费由我们承担,您不用担心',
    ],
  ],
  [
    '尺码偏大还是偏小',
    ['亲,建议您按平时的尺码拍就可以,喜欢宽松可以大一码', '这款是标准码,您把身高体重告诉我,我给您推荐'],
  ],
  [
    '能不能便宜{n}块',
    ['亲亲,这款已经是活动价了,您可以领取{n}元优惠券再下单', '亲,价格没办法再改了,不过可以送您一份小礼物哦'],
  ],
  ['支持七天无理由退货吗', ['支持的呢,签收后七天内不影响二次销售都可以申请']],
  [
    '发票怎么开,抬头写公司可以吗',
    ['可以开的,您把抬头和税号发给我就行', '在订单页面点申请开票就能开,公司抬头也支持'],
  ],
  ['安装需要另外收费吗?', ['亲,我们是免费上门安装的,师傅会提前一天和您联系']],
  ['{goods}和页面上的颜色是一样的吗', ['页面是实物拍摄的,不同屏幕会有一点色差的哦']],
  [
    '已经过去{n}天了还没有到,帮我看看',
    [
      '已经帮您催促{carrier}了,有进展第一时间告诉您',
      '不好意思,这个原因暂时不清楚,我联系{carrier}核实后下午给您回复',
      '已经帮您催了,请耐心等待',
    ],
  ],
  ['亲在吗', ['在的亲,请问有什么可以帮您', '您好,在的']],
  ['退款多久可以到账', ['退款一般{n}个工作日原路退回,请您留意账户']],
  [
    '地址写错了,能改成{place}吗',
    [
      '好的亲,地址已经帮您修改为{place},请核对',
      '亲,没办法修改的,因为已经出库了,您收到后可以拒收,我们再重新发一份',
    ],
  ],
  ['少发了一件,麻烦核实一下', ['已经为您核实到,漏发的配件今天补寄,单号晚点发您']],
  ['{n}件有优惠吗', ['两件九折的亲,您加到购物车会自动减']],
  ['保修期是多久', ['亲,整机保修{n}年,主要部件终身维护']],
  ['好的谢谢', ['不客气,祝您生活愉快', '感谢您的支持,有问题随时联系我们哦']],
  ['嗯嗯知道了', ['好的亲,有需要随时找我']],
  ['那我再看看', ['好的呢,您看这款{goods}可以吗,性价比很高的']],
];
const DISMISSIVE = [
  '这个我不知道呢',
  '您自己看一下详情页吧',
  '这边也没有办法',
  '请您联系快递公司处理',
  '催过了,等着吧',
];
const ABUSE = ['买不起就别买', '你有病吧', '随便你投诉,我们不怕', '神经病', '补偿您1000元冥币', '看不懂字吗'];

function fill(template, pick, int) {
  // People type Chinese commas, and so few fields need quotes.
  return template.replaceAll(',', '，').replace(/\{(\w+)\}/g, (_, slot) => {
    if (slot === 'goods') return pick(GOODS);
    if (slot === 'place') return pick(PLACES);
    if (slot === 'carrier') return pick(CARRIERS);
    if (slot === 'order')
      return String(2_000_000_000 + int(900_000_000)) + String(int(1_000_000)).padStart(6, '0');
    return String(1 + int(30));
  });
}

/** What people put before and after the same sentence, so that texts differ as in life: half of them are repetitions. */
const BEFORE = [
  '',
  '',
  '',
  '亲,',
  '您好,',
  '亲亲,',
  '好的,',
  '嗯嗯,',
  '哈喽,',
  '宝,',
  '您好呀,',
  '抱歉久等了,',
  '感谢等候,',
  '收到,',
  '明白您的意思,',
  '看到了,',
  '这边看了下,',
  '这个的话,',
  '是这样的,',
  '麻烦了,',
];
const AFTER = [
  '',
  '',
  '',
  '哦',
  '呢',
  '~',
  '哈',
  '的呢',
  '哦~',
  ',您看可以吗',
  ',有问题随时说',
  ',辛苦您',
  ',谢谢',
  '#E-s12',
  '[微笑]',
  ',记得查收',
  ',今天{n}点前',
  ',编号{n}',
  ',尾号{n}{n}',
  ',大概{n}分钟',
];

/** Yields `{conversation, role, speaker, customer, atMs, text}` for ever, in order of time. */
export function* messages(seed = 20261122) {
  const next = random(seed);
  const int = (n) => Math.floor(next() * n);
  const pick = (list) => list[int(list.length)];
  let atMs = Date.UTC(2026, 0, 5, 1, 0, 0);
  const open = [];
  let contacts = 0;
  for (;;) {
    if (open.length < 40) {
      contacts++;
      open.push({
        customer: `t***${contacts}`,
        agent: `云织家居旗舰店:${pick(['小满', '白露', '谷雨', '清明', '立夏', '芒种'])}`,
        left: 6 + int(30),
        asking: true,
        id: contacts,
      });
    }
    const chat = open[int(open.length)];
    atMs += 100 + int(900);
    if (chat.asking) chat.topic = pick(TALK);
    const roll = next();
    const text = chat.asking
      ? chat.topic[0]
      : roll < 0.001
        ? pick(ABUSE)
        : roll < 0.02
          ? pick(DISMISSIVE)
          : pick(chat.topic[1]);
    yield {
      id: chat.id,
      role: chat.asking ? 'customer' : 'agent',
      speaker: chat.asking ? chat.customer : chat.agent,
      customer: chat.customer,
      atMs,
      text: fill(pick(BEFORE) + text + pick(AFTER), pick, int),
    };
    if (next() < 0.7) chat.asking = !chat.asking;
    if (--chat.left <= 0 && chat.asking) open.splice(open.indexOf(chat), 1);
  }
}

const local = (atMs) => new Date(atMs + 8 * 3_600_000).toISOString().slice(0, 19);

const FORMATS = {
  csv: {
    head: '会话ID,发送时间,角色,发送账号,买家昵称,消息内容\n',
    row: (m) =>
      `S${m.id},${local(m.atMs).replace('T', ' ')},${m.role === 'agent' ? '客服' : '买家'},${m.speaker},${m.customer},${/[",\n]/.test(m.text) ? `"${m.text.replaceAll('"', '""')}"` : m.text}\n`,
  },
  jsonl: {
    head: '',
    row: (m) =>
      `${JSON.stringify({ conversation: `S${m.id}`, role: m.role, text: m.text, speaker: m.speaker, time: `${local(m.atMs)}+08:00`, customer: m.customer })}\n`,
  },
};

/** Writes a corpus of about `bytes` bytes. */
export async function writeCorpus(path, format, bytes, seed) {
  const { head, row } = FORMATS[format];
  const out = createWriteStream(path);
  out.write(head);
  let written = Buffer.byteLength(head);
  let chunk = '';
  for (const message of messages(seed)) {
    chunk += row(message);
    if (chunk.length > 65_536) {
      written += Buffer.byteLength(chunk);
      if (!out.write(chunk)) await once(out, 'drain');
      chunk = '';
      if (written >= bytes) break;
    }
  }
  out.end(chunk);
  await once(out, 'finish');
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [path, format = 'csv', megabytes = '20'] = process.argv.slice(2);
  await writeCorpus(path, format, Number(megabytes) * 1e6, 20261122);
}
