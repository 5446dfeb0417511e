import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KefuError } from '../../model/errors.js';
import type { CommandContext } from '../context.js';
import type { ExitCode } from '../exit.js';
import { openSession } from '../session.js';
import { FileSink } from '../sink.js';
import { StreamSink } from '../stream-sink.js';

/**
 * Writes a config file in which everything is a comment: it changes nothing until somebody decides something. `-` is
 * standard output.
 */
export async function run(context: CommandContext): Promise<ExitCode> {
  const { settings } = await openSession({ ...context, flags: { ...context.flags, config: false } });
  const path = context.args[0] ?? 'kefu-audit.config.yaml';
  const template = TEMPLATE[settings.locale];
  if (path === '-') {
    const out = new StreamSink(context.io.stdout);
    await out.write(template);
    await out.commit();
    return 0;
  }
  const taken = await access(resolve(context.io.cwd, path)).then(
    () => true,
    () => false,
  );
  if (taken) throw new KefuError('usage', { data: { problem: 'file-exists', value: path } });
  const sink = await FileSink.open(path, context.io.cwd);
  await sink.write(template);
  await sink.commit();
  context.terminal.say('ok', { zh: `已写入 ${path}`, en: `wrote ${path}` }[settings.locale]);
  return 0;
}

const TEMPLATE = {
  zh: `# kefu-audit 的配置。每项设置与命令行选项同名（驼峰写法）；kefu-audit config print 打印生效的值和来源。

# 从哪里开始：规则集，或别的配置文件。后面的优先。
# extends: ["preset:recommended", "./base.yaml"]

# 输入
# timezone: Asia/Shanghai
# profile: generic            # 见 kefu-audit profiles
# columns: { time: 发送时间, speaker: 发送人, text: 内容 }
# agent: ["某某旗舰店:*"]       # 谁是客服，* 代表任意字
# bot: ["*小助手"]

# 规则：级别、off，或带选项的对象；见 kefu-audit rules
# rules:
#   dismissive/*: warning
#   abuse/insult: { severity: error }

# 自己的词库；见 kefu-audit lexicon check
# lexicon: ["./words.yaml"]

# 门槛
# failOn: error
# minScore: 80
# maxSkipped: 0.05
`,
  en: `# Settings of kefu-audit, named like its options (in camel case); kefu-audit config print shows values and origins.

# Where to start from: a preset, or other config files. Later ones win.
# extends: ["preset:recommended", "./base.yaml"]

# Input
# timezone: Asia/Shanghai
# profile: generic            # see kefu-audit profiles
# columns: { time: 发送时间, speaker: 发送人, text: 内容 }
# agent: ["某某旗舰店:*"]       # who is an agent; * is any run of characters
# bot: ["*小助手"]

# Rules: a severity, off, or an object with options; see kefu-audit rules
# rules:
#   dismissive/*: warning
#   abuse/insult: { severity: error }

# Lexicons of your own; see kefu-audit lexicon check
# lexicon: ["./words.yaml"]

# Gate
# failOn: error
# minScore: 80
# maxSkipped: 0.05
`,
};
