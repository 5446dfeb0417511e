import { endsFirstWaitOfAgent, slownessRule } from '../slowness-rule.js';

/** An agent's first answer in a conversation, at its start or after a handover, came later than the profile allows. */
export default slownessRule({
  id: 'latency/slow-first-response',
  applies: endsFirstWaitOfAgent,
  thresholdOf: (profile) => profile.firstResponseSeconds.value,
  docs: {
    what: {
      zh: '顾客开口后，或转接后，这位客服的首次回复超过平台口径的时限。',
      en: 'The agent’s first reply, at the start or after a handover, came later than the platform’s profile allows.',
    },
    why: {
      zh: '首次响应决定顾客是否留下，也是各平台考核的第一项。',
      en: 'The first reply decides whether the customer stays, and is what platforms measure first.',
    },
    remedy: {
      zh: '高峰期先用一句真人答复接住顾客，说明大概多久能回复；机器人欢迎语不算回复。',
      en: 'In a rush, take the customer up with one human line that says how long it will take; a robot’s welcome is no reply.',
    },
  },
  message: {
    zh: '首次回复等了{waitMs}（时限{thresholdMs}）',
    en: 'First reply after {waitMs} (limit {thresholdMs})',
  },
  tookOver: {
    zh: '接手后首次回复等了{waitMs}（时限{thresholdMs}）',
    en: 'First reply after taking over came after {waitMs} (limit {thresholdMs})',
  },
  examples: [
    {
      title: { zh: '二十分钟后才首次回复', en: 'First reply after twenty minutes' },
      turns: [
        { role: 'customer', text: '这件还有货吗', at: 0 },
        { role: 'agent', text: '有的亲,今天下单今天发', at: 1200 },
      ],
      finds: [{ turn: 1 }],
    },
    {
      title: { zh: '接手的同事二十分钟后才开口', en: 'The colleague who takes over needs twenty minutes' },
      turns: [
        { role: 'customer', text: '尺码怎么选', at: 0 },
        { role: 'agent', text: '给您转接选码专员', at: 10, speaker: '甲' },
        { role: 'customer', text: '好的，身高170', at: 30 },
        { role: 'agent', text: '您好，建议选M码', at: 1230, speaker: '乙' },
      ],
      finds: [{ turn: 3 }],
    },
    {
      title: { zh: '十秒内回复', en: 'A reply within ten seconds' },
      turns: [
        { role: 'customer', text: '这件还有货吗', at: 0 },
        { role: 'agent', text: '有的亲,今天下单今天发', at: 10 },
      ],
      finds: [],
    },
  ],
});
