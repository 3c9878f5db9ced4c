import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeNeeding } from '../shared-data.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { journalRecords, runCli, sampleData } from './run-cli.ts';

function mount(...words: string[]): boolean {
  return spawnSync('mount', words).status === 0;
}

function canMount(): boolean {
  using folder = temporaryFolder();
  const mounted = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder.path);
  if (mounted) spawnSync('umount', [folder.path]);
  return mounted;
}

describeNeeding('mount', canMount(), 'mounting a small tmpfs needs root', 'a disk that fills up', () => {
  test('stops with a coded sentence; with space again the same command goes on and asks nothing twice', async () => {
    using folder = temporaryFolder();
    const small = join(folder.path, 'small');
    mkdirSync(small);
    mkdirSync(join(folder.path, 'checkpoints/r/global_step_1'), { recursive: true });
    writeFileSync(join(folder.path, 'checkpoints/r/global_step_1/config.json'), '{}');
    expect(mount('-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', small)).toBe(true);
    try {
      const words = [
        'eval-all',
        'r',
        '--engine',
        'simulator',
        '--benchmarks',
        'wemath,mathverse',
        '--runs-root',
        small,
        ...sampleData('wemath', 'mathverse'),
      ];
      const full = await runCli(words, { cwd: folder.path });
      expect(full.stderr).toContain('DISK_FULL: ');
      expect(full.status).toBe(3);
      expect(mount('-o', 'remount,size=16m', small)).toBe(true);
      const ended = await runCli(words, { cwd: folder.path });
      expect(ended.stderr).not.toContain('bug');
      expect(ended.status).toBe(0);
      const answered = journalRecords(join(small, 'r')).filter(({ record }) => record.status === 'answered');
      const keys = answered.map(({ path, record }) => `${path.split('/').at(-1)?.split('.')[0]} ${record.problem}`);
      expect(new Set(keys).size).toBe(keys.length);
    } finally {
      spawnSync('umount', [small]);
    }
  }, 60_000);
});
