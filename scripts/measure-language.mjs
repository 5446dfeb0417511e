// Measures the language room: how fast the lexicon is there, how fast clean and suspicious text is passed over, how long
// the first and the next cuts of each segmenter take. Run `npm run build` first, then `node scripts/measure-language.mjs`.
import { compile } from '../dist/src/language/compile.js';
import { loadLexicon, readBundledSource } from '../dist/src/language/load.js';
import { dictionaryTerms, prepareLexicon } from '../dist/src/language/prepare.js';
import { openSegmenter } from '../dist/src/language/segment.js';

/** CPU time, not wall time: the machine may be shared. */
const now = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const print = (what, value, unit) =>
  console.log(`${what.padEnd(58)} ${value.toFixed(1).padStart(9)} ${unit}`);

let start = now();
const lexicon = await loadLexicon();
print(`load, cold: ${lexicon.entryCount} entries, ${lexicon.formCount} anchors`, now() - start, 'ms');
const source = await readBundledSource();
print(
  'compile, warm',
  median(
    Array.from({ length: 9 }, () => {
      const from = now();
      compile(source).mayMatch('');
      return now() - from;
    }),
  ),
  'ms',
);

const CLEAN = [
  '亲,您看中的这款收纳柜是环保板材做的,高一米二,宽八十公分',
  '这边帮您看了库存,米白色还有三件,今天下午五点前付款当天发出',
  '颜色会有轻微色差,以收到的为准哦,洗的时候建议翻面冷水手洗',
  '新款羽绒服充绒量九十克,适合零下十度左右穿,客户反馈偏大半码',
  '拼装视频已经发到您的邮箱,螺丝包在第二块板子的夹层里面',
];
const SUSPICIOUS = [
  '滚筒洗衣机的排水管在后面,安装师傅会带配件上门',
  '草莓味和变态辣的都是独立包装,狗粮要另外拍哦',
  '这个我也不太清楚呢,我帮您问一下仓库,稍等',
  '傻瓜相机是全新的,死角也可以用这个刷子清洁',
];
const DISGUISED = ['你这个人是不是有病啊,草泥马的', '你 就 是 个 煞 笔', '买不起就别买,懒得理你'];
const ABUSE = new Set(['abuse/']);

function speed(what, lines, run) {
  const text = Array.from({ length: 20_000 }, (_, i) => lines[i % lines.length]);
  const bytes = text.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
  const seconds = median(
    Array.from({ length: 9 }, () => {
      const from = now();
      for (const line of text) run(line);
      return (now() - from) / 1000;
    }),
  );
  print(what, bytes / 1e6 / seconds, 'MB/s');
}
speed('mayMatch, abuse, clean text', CLEAN, (line) => lexicon.mayMatch(line, ABUSE));
speed('mayMatch, all categories, clean text', CLEAN, (line) => lexicon.mayMatch(line));
speed('scan, abuse, clean text', CLEAN, (line) => lexicon.scanCategories(line, ABUSE));
speed('scan, abuse, words of the trade', SUSPICIOUS, (line) => lexicon.scanCategories(line, ABUSE));
speed('scan, all categories, words of the trade', SUSPICIOUS, (line) => lexicon.scan(line));
speed('scan, abuse, disguised abuse', DISGUISED, (line) => lexicon.scanCategories(line, ABUSE));

for (const choice of ['nodejieba', 'node-rs']) {
  try {
    start = now();
    const segmenter = openSegmenter(dictionaryTerms(prepareLexicon(source)), choice);
    print(`${choice}: open`, now() - start, 'ms');
    start = now();
    segmenter.cut('这款收纳柜');
    print(`${choice}: first cut, loads the dictionary`, now() - start, 'ms');
    const words = CLEAN.map((line) => line.replace(/[^\u4e00-\u9fff]/g, ''));
    speed(`${choice}: cut`, words, (line) => segmenter.cut(line));
  } catch (error) {
    console.log(`${choice}: ${error.message}`);
  }
}
