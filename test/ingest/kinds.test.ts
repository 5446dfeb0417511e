import { describe, expect, it } from 'vitest';
import { classify, kindOfWord } from '../../src/ingest/kinds.js';

describe('classify', () => {
  it.each([
    ['[图片]', 'image'],
    ['【图片】', 'image'],
    [' [图片][图片] ', 'image'],
    ['[卡片]', 'card'],
    ['[商品快照]', 'card'],
    ['[文件] 质检单.pdf', 'file'],
    ['[图片]你已下载文件', 'file'],
    ['[表情]', 'other'],
    ['小橘撤回了一条消息', 'recall'],
    ['你撤回了一条消息 重新编辑', 'recall'],
    ['木棉花 撤回了一条消息', 'recall'],
    ['由 服务助手 转交给 松果家居:阿禾', 'transfer'],
    ['用户发起转人工', 'transfer'],
    ['【此消息为欢迎卡片或富文本模板答案，聊天记录中暂不支持展示】', 'card'],
    ['您选择了一个订单进行咨询（订单号：1002；商品编号：77）', 'card'],
    ['【收到不支持的消息类型，请在手机上查看】', 'other'],
  ])('%s is %s', (text, kind) => expect(classify(text)).toBe(kind));

  it.each([
    '我给您发个[图片]看一下',
    '[微笑]',
    '[constructor]',
    '我帮您转接给售后',
    '您可以转给仓库吗',
    '#E-s25',
    '/:^_^',
    '刚才那条是谁撤回的？',
    '你为什么撤回了一条消息',
    '',
  ])('%j is text', (text) => expect(classify(text)).toBe('text'));
});

describe('kindOfWord', () => {
  it('knows the type words of several formats and admits what it does not know', () => {
    expect(kindOfWord('Image')).toBe('image');
    expect(kindOfWord('文本')).toBe('text');
    expect(kindOfWord('revoke')).toBe('recall');
    expect(kindOfWord('toString')).toBeNull();
    expect(kindOfWord('hologram')).toBeNull();
  });
});
