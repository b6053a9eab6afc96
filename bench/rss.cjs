// Loaded before a program: writes the peak memory of the process, in kB, to a file when it ends.
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  require('node:fs').writeFileSync(process.env.CONVOSCOPE_BENCH_RSS, String(maxRSS));
});
