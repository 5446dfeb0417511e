import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskText } from '../../src/privacy/mask.js';

describe('maskText', () => {
  it.each([
    ['手机13912345678记得收', '手机139****5678记得收'],
    ['+86 139-1234-5678', '+86 139-****-5678'],
    ['１３９１２３４５６７８', '１３９****５６７８'],
    ['一三九一二三四五六七八', '一三九****五六七八'],
    ['座机010-62345678', '座机010-******78'],
    ['订单3920184756012345678到了', '订单***************5678到了'],
    ['SF1234567890123', 'SF*********0123'],
    ['卡号6222 0212 3456 7890', '卡号**** **** **** 7890'],
    ['身份证11010119900307123X', '身份证****************3X'],
    ['发到zhang.san@example.com', '发到z********@example.com'],
    ['QQ：123456789', 'QQ：1*******9'],
    ['加微信abc_12345吧', '加微信a*******5吧'],
    ['收货人：王小明', '收货人：王**'],
    ['杭州市西湖区文三路138号3单元502室', '杭州市西湖区**************'],
    ['翠湖小区3栋501', '*********'],
    ['3栋2单元501', '********'],
  ])('masks %s', (text, masked) => {
    expect(maskText(text)).toBe(masked);
  });

  it.each([
    '3月5号到，2026-03-01 10:12:33',
    '20260301发的货',
    '1299元 250g 38码 XXL',
    '坐地铁10号线',
    '我住在6楼',
    '在路上了，别急',
    '客服热线400-123-4567',
    '姓名写错了',
    '一二三四五',
    '你是不是有病',
  ])('leaves %s', (text) => {
    expect(maskText(text)).toBe(text);
  });

  it('keeps the length, so that spans hold, and hides nothing twice', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.constantFrom(
        '13912345678',
        '文三路',
        '138号',
        '3单元',
        '@',
        'a.com',
        'QQ：',
        '收货人：',
        '0',
        '-',
        ' ',
        '１',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join('');
        const masked = maskText(text);
        expect(masked).toHaveLength(text.length);
        for (let at = 0; at < text.length; at++) expect([text[at], '*']).toContain(masked[at]);
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    for (const unit of ['1', 'a', '路', '一', '1号', 'a@', '文三路1', 'QQ'])
      expect(maskText(unit.repeat(100_000))).toHaveLength(unit.length * 100_000);
  });
});
