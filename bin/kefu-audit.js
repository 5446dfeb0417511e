#!/usr/bin/env node
import module from 'node:module';
import { setFlagsFromString } from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    `kefu-audit 需要 Node.js 20.19 或更新的版本，当前是 ${process.versions.node}。`,
    `kefu-audit needs Node.js 20.19 or newer; this is ${process.versions.node}.`,
  );
} else {
  // An engine that does not know these would complain of them aloud.
  if (major <= 24) {
    // Most expressions are used more than once: translating each of them twice takes a tenth of a short run.
    setFlagsFromString('--no-regexp-tier-up');
    // Most runs are short: what is optimised too early costs a third of them more than it ever saves.
    setFlagsFromString('--interrupt-budget=900000');
    // Most of what is read is garbage soon: it is collected before the heap has tripled.
    setFlagsFromString('--heap-growing-percent=150');
  }
  // Node 22.8 and later; it makes the second start quicker.
  module.enableCompileCache?.();
  const main = await import('../dist/cli/main.js').catch((error) => {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('dist/cli/main.js')) throw error;
    fail(
      '还没有构建：请先在 kefu-audit 目录中运行 npm install && npm run build。',
      'Not built yet: run npm install && npm run build in the kefu-audit folder first.',
    );
  });
  await main?.run();
}

function fail(zh, en) {
  process.stderr.write(`${zh}\n${en}\n`);
  process.exitCode = 2;
}
