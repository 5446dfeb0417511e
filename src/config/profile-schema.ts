import { z } from 'zod';
import type { Profile } from '../model/index.js';

const sourced = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    value,
    source: z.string().min(1),
    confidence: z.enum(['official', 'repost', 'secondary', 'convention']),
  });

/** A platform profile, as shipped in `profiles/*.json` and as users write their own. */
export const profileSchema: z.ZodType<Profile> = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  platform: z.enum(['tmall', 'jd', 'qq', 'wecom', 'wechat', 'pdd', 'douyin', 'kuaishou', 'generic']),
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  asOf: z.string().regex(/^\d{4}(-\d{2}){0,2}$/),
  unit: z.enum(['turns', 'sessions', 'people']),
  sessionGapMinutes: sourced(z.number().positive()),
  window: sourced(
    z
      .strictObject({ startSecond: z.int().min(0).max(86_399), endSecond: z.int().min(1).max(86_400) })
      .refine((window) => window.startSecond < window.endSecond, 'the window must end after it starts'),
  ),
  firstResponseSeconds: sourced(z.number().positive()),
  responseSeconds: sourced(z.number().positive()),
  slowestSeconds: sourced(z.number().positive()),
  capSeconds: sourced(z.number().positive().nullable()),
  unansweredSeconds: sourced(z.number().positive()),
});
