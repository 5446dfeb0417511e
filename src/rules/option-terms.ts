import type { Bilingual } from '../model/index.js';

/** What the options of rules mean, by name: one name means one thing in all rules that have it. */
export const OPTION_TERMS: Readonly<Record<string, Bilingual>> = {
  reach: {
    zh: '往后看几轮客服的话，补上了就算轻',
    en: 'how many of the agent’s next turns may still make up for it',
  },
  page: {
    zh: '商品页面上的文字，一般用 --page 给出；空着就不查粘贴',
    en: 'what the product page says, as a rule given by --page; without it pasting is not looked for',
  },
  repeats: {
    zh: '拖延到第几次才报告',
    en: 'how often it must have been put off to be reported',
  },
  graveFactor: {
    zh: '超过标准的多少倍算严重',
    en: 'how many times the limit makes it grave',
  },
  holdSeconds: {
    zh: '只说“稍等”、没说多久时，按几秒算',
    en: 'seconds that a “one moment” without a time stands for',
  },
  graceHours: {
    zh: '超出说好的时间几小时之内不计',
    en: 'hours beyond the promised time that are let pass',
  },
  handOvers: {
    zh: '同一件事转接几次算转来转去',
    en: 'how many hand-overs of one matter are too many',
  },
  waitSeconds: {
    zh: '等了几秒以上才算',
    en: 'seconds that the customer must have waited',
  },
  graceSeconds: {
    zh: '超出说好的时间几秒之内不计',
    en: 'seconds beyond the promised time that are let pass',
  },
};
