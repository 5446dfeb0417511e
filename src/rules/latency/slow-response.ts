import { endsFirstWaitOfAgent, slownessRule } from '../slowness-rule.js';

/** A later answer took longer than the platform's profile allows. */
export default slownessRule({
  id: 'latency/slow-response',
  applies: (wait, conversation) => !endsFirstWaitOfAgent(wait, conversation),
  thresholdOf: (profile) => profile.responseSeconds.value,
  docs: {
    what: {
      zh: '对话中途，顾客提问后的人工回复超过平台口径的时限。从上次回复后的第一条顾客消息起算；顾客同意等、在说好的时间内答复的不算。',
      en: 'Within the conversation a human reply came later than the profile allows, counted from the first customer message after the last reply. A wait that the customer agreed to is not slow within the time named.',
    },
    why: {
      zh: '聊到一半没人理，顾客会以为被放弃，重复提问又加重排队。',
      en: 'Left alone halfway, customers feel abandoned, ask again and lengthen the queue.',
    },
    remedy: {
      zh: '需要时间就说需要多久，到点先回一句进度。',
      en: 'If it takes time, say how long, and report progress when that time is up.',
    },
  },
  message: { zh: '回复等了{waitMs}（时限{thresholdMs}）', en: 'Reply after {waitMs} (limit {thresholdMs})' },
  examples: [
    {
      title: { zh: '中途消失十五分钟', en: 'Gone for fifteen minutes' },
      turns: [
        { role: 'customer', text: '在吗', at: 0 },
        { role: 'agent', text: '在的亲', at: 5 },
        { role: 'customer', text: '退款什么时候到账', at: 20 },
        { role: 'agent', text: '一般三天内原路退回', at: 920 },
      ],
      finds: [{ turn: 3 }],
    },
    {
      title: { zh: '没有时间的记录不判', en: 'Without times nothing is judged' },
      turns: [
        { role: 'customer', text: '退款什么时候到账' },
        { role: 'agent', text: '一般三天内原路退回' },
      ],
      finds: [],
    },
  ],
});
