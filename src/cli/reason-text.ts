import type { Bilingual } from './options.js';

/** Error codes of the system, and reasons of our own for the same failures, in words. */
const SYSTEM: Readonly<Record<string, Bilingual>> = {
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
  EDQUOT: { zh: '磁盘配额已用完', en: 'the disk quota is used up' },
  EACCES: { zh: '没有权限', en: 'permission denied' },
  EPERM: { zh: '没有权限', en: 'permission denied' },
  EROFS: { zh: '磁盘是只读的', en: 'the disk is read-only' },
  EISDIR: { zh: '那是一个文件夹', en: 'it is a folder' },
  ENOTDIR: { zh: '路径中有一段不是文件夹', en: 'a part of the path is not a folder' },
  ENOENT: { zh: '没有这个文件或文件夹', en: 'there is no such file or folder' },
  ENAMETOOLONG: { zh: '名字太长', en: 'the name is too long' },
  ELOOP: { zh: '链接绕成了圈', en: 'its links go round in a circle' },
  ENXIO: { zh: '那是套接字或设备，不是文件', en: 'it is a socket or a device, no file' },
  EBUSY: { zh: '别的程序正在使用它', en: 'another program is using it' },
  EMFILE: { zh: '打开的文件太多', en: 'too many files are open' },
  EIO: { zh: '磁盘读写出错', en: 'the disk failed' },
  EFBIG: { zh: '文件太大', en: 'the file is too large' },
};

/** Words for an error code of the system, or the code itself. */
export function systemReason(code: string): Bilingual {
  if (code === 'no stdin') return { zh: '没有标准输入', en: 'there is no standard input' };
  if (code === 'too-large') return { zh: '表格或压缩包超过 2 GiB', en: 'a workbook or archive above 2 GiB' };
  if (!Object.hasOwn(SYSTEM, code)) return { zh: code, en: code };
  const { zh, en } = SYSTEM[code]!;
  return { zh: `${zh}（${code}）`, en: `${en} (${code})` };
}

/** What is wrong with an archive or workbook; what a library says of it stands in brackets. */
export function archiveReason(reason: string): Bilingual {
  switch (reason) {
    case '':
      return { zh: '压缩包或表格不完整', en: 'the archive or workbook is not whole' };
    case 'truncated':
      return {
        zh: '压缩包或表格不完整：后面的部分缺失',
        en: 'the archive or workbook is not whole: its end is missing',
      };
    case 'zip bomb':
      return {
        zh: '解压后大得不合常理，像是压缩炸弹，没有解压',
        en: 'it would unpack to an absurd size, as a zip bomb does; it was not unpacked',
      };
    default:
      return { zh: `里面的数据有错（${reason}）`, en: `its data are not right (${reason})` };
  }
}

/** What an input turned out to be, and what to do where saving it as something else is no help. */
export function kindName(kind: string): Bilingual & { todo: Bilingual | null } {
  if (kind === 'encrypted ZIP') {
    return {
      zh: '加密的压缩包',
      en: 'an encrypted archive',
      todo: {
        zh: '先用密码解压，再审查解出来的文件',
        en: 'unpack it with its password, and audit what was in it',
      },
    };
  }
  if (kind === 'HTML in HTML') {
    return {
      zh: '层层嵌套的网页表格',
      en: 'tables inside tables without end',
      todo: {
        zh: '在表格软件中另存为 XLSX 或 CSV 再试',
        en: 'save it as XLSX or CSV in a spreadsheet program',
      },
    };
  }
  const nested = /^(\S+) in \S+$/.exec(kind);
  if (nested) {
    return {
      zh: '层层嵌套的压缩包',
      en: 'archives inside archives',
      todo: { zh: '先解压，再审查解出来的文件', en: 'unpack it, and audit what was in it' },
    };
  }
  return kind === 'text' ? { zh: '文字', en: 'text', todo: null } : { zh: ` ${kind}`, en: kind, todo: null };
}
