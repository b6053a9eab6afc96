/** The command line asks for something impossible. The program prints it in one line and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
