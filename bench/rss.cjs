// Loaded before a program: tells the most memory that it had at once, in kB, when it ends.
process.on('exit', () => {
  const { maxRSS } = process.resourceUsage();
  require('node:fs').writeFileSync(process.env.CONVOSCOPE_BENCH_RSS, String(maxRSS));
});
