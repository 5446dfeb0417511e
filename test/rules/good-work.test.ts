import { describe, expect, it } from 'vitest';
import type { Finding, GoodTurn } from '../../src/model/index.js';
import { findGoodTurns } from '../../src/rules/good-work.js';
import { type ChatLine, chat } from '../support/chat.js';
import { bundledLexicon, engineWith } from '../support/rules.js';

const lexicon = await bundledLexicon();
const engine = engineWith(lexicon, { preset: 'recommended' });

function goodTurns(...lines: ChatLine[]): GoodTurn[] {
  const conversation = chat(lines);
  return findGoodTurns(conversation, engine.judge(conversation), engine.cues);
}

const complaint: ChatLine = { role: 'customer', text: '炖锅的盖子收到就有裂纹' };

describe('good work', () => {
  it('is an apology for the very problem with ways out and what comes next', () => {
    const [good, ...others] = goodTurns(
      complaint,
      {
        role: 'agent',
        text: '盖子有裂纹，收到这样的真的很抱歉。我已经给您登记补发一个新盖子，单号出来第一时间发给您，或者您退回整件也行',
      },
      { role: 'customer', text: '那就补发吧，谢谢' },
    );
    expect(others).toEqual([]);
    expect(good!.kinds[0]).toBe('apology');
    expect(good!.kinds.length).toBeGreaterThanOrEqual(3);
    expect(good!.turnIndex).toBe(1);
    for (const { span, text } of good!.evidence) expect(good!.text.slice(...span)).toBe(text);
  });

  it('may come in a later turn of the same agent', () => {
    const good = goodTurns(
      complaint,
      { role: 'agent', text: '裂纹的图片收到了，非常抱歉' },
      { role: 'customer', text: '怎么办' },
      { role: 'agent', text: '因为是运输中磕到的，我给您补偿10元，或者帮您登记换货，今天发出' },
    );
    expect(good.map(({ turnIndex }) => turnIndex)).toEqual([3]);
    expect(good[0]!.evidence[0]!.text).toContain('抱歉');
  });

  it('is no apology that names nothing, and no help without one', () => {
    expect(goodTurns(complaint, { role: 'agent', text: '抱歉哦，已经给您登记了，或者您重新拍' })).toEqual([]);
    expect(
      goodTurns(
        { role: 'customer', text: '有货吗' },
        { role: 'agent', text: '因为活动卖完了，您可以换蓝色，我给您备注' },
      ),
    ).toEqual([]);
  });

  it('is staying kind after abuse', () => {
    const [good] = goodTurns(
      { role: 'customer', text: '你们都是骗子，去死吧' },
      { role: 'agent', text: '您别急，因为仓库盘点所以晚了一天，我已经帮您催促，今天下午给您回复进度' },
    );
    expect(good!.kinds).toContain('calm');
    expect(good!.kinds).not.toContain('apology');
  });

  it('is nothing of an agent who was rude in the same chat', () => {
    expect(
      goodTurns(
        complaint,
        { role: 'agent', text: '你就是个傻逼' },
        { role: 'customer', text: '什么态度' },
        { role: 'agent', text: '裂纹的事真的很抱歉，我已经给您登记补发，或者退回整件，第一时间发您单号' },
      ),
    ).toEqual([]);
  });

  it('takes no finding and makes none', () => {
    const conversation = chat([
      complaint,
      { role: 'agent', text: '裂纹很抱歉，或者您退回，我给您登记补发，今天发出' },
    ]);
    const findings: Finding[] = [];
    engine.judge(conversation);
    findGoodTurns(conversation, findings, engine.cues);
    expect(findings).toEqual([]);
  });
});
