import { statfsSync } from 'node:fs';

/*
 * File systems that do not keep a time of status change that only the system can set. There, a program that changes a
 * file and then restores its modification time leaves no trace. Source: the magic numbers of statfs(2), and the
 * drivers in the Linux kernel.
 */
const WITHOUT_CHANGE_TIMES: ReadonlySet<number> = new Set([
  0x4d44, // FAT: the status change time is the modification time
  0x2011bab0, // exFAT: the same
  0x4244, // HFS: the same
  0x65735546, // FUSE: what a server reports, and sshfs reports the modification time
  0x517b, // SMB: what a server reports
  0xff534d42, // CIFS: the same
  0xfe534d42, // SMB2: the same
]);

/** Whether a changed file always gets a new time of status change at this path. False if that is not known. */
export function keepsChangeTimes(path: string): boolean {
  try {
    // The type is signed on some systems.
    return !WITHOUT_CHANGE_TIMES.has(statfsSync(path).type >>> 0);
  } catch {
    return false; // whatever the reason is, reading everything again gives the right answer
  }
}
