import { tmpdir } from 'node:os'

/** Where the benchmarks put their folders: $BENCH_SCRATCH, on the disk that is to be measured, else the system's folder for temporary files. */
export function scratch(): string {
  return process.env.BENCH_SCRATCH ?? tmpdir()
}
