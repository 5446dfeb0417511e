import { abuseRule } from '../abuse-rule.js';

/** Threatens violence, exposure or harassment. */
export default abuseRule({
  id: 'abuse/threat',
  noun: { zh: '威胁', en: 'a threat' },
  undirected: 'aimed',
  thirdParty: null,
  docs: {
    what: {
      zh: '以暴力、上门、曝光隐私、骚扰相威胁：“我有你家地址”“你等着”。',
      en: 'Threatens violence, a visit, exposure or harassment: “I have your address”, “just you wait”.',
    },
    why: {
      zh: '店铺手里有顾客的地址和电话，威胁会让顾客真的害怕，也可能违法。',
      en: 'The shop holds the customer’s address and phone number: a threat frightens in earnest, and may be a crime.',
    },
    remedy: {
      zh: '立即上报，保留记录，由主管联系顾客致歉并说明处理结果。',
      en: 'Report it at once, keep the record, and have a supervisor apologise and tell the outcome.',
    },
  },
  examples: [
    {
      title: { zh: '拿地址威胁', en: 'Threatens with the address' },
      turns: [
        { role: 'customer', text: '这个质量我要给差评' },
        { role: 'agent', text: '我有你家地址,你给差评试试' },
      ],
      finds: [{ turn: 1, quote: '我有你家地址' }],
    },
    {
      title: { zh: '核对地址不算', en: 'Confirming an address is no threat' },
      turns: [
        { role: 'customer', text: '地址写错了能改吗' },
        { role: 'agent', text: '可以的,您把新的地址发给我,我这边帮您修改' },
      ],
      finds: [],
    },
  ],
});
