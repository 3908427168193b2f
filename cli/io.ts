/**
 * What a command may touch of the world around it. `main.ts` passes the real one, tests a plain object.
 * Results go to `out`, diagnostics and progress to `err`; `exit` sets the code the process ends with.
 */
export type Io = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly exit: (code: 0 | 1 | 2) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly now: () => number;
  /** What is piped in. */
  readonly stdin?: () => AsyncIterable<Uint8Array>;
  /** stdout (for colour) and stderr (for progress) are terminals; both false in a pipe and under NO_COLOR. */
  readonly colour: boolean;
  readonly progress: boolean;
  /** Width of the terminal in characters; absent in a pipe, where nothing is cut. */
  readonly columns?: number | undefined;
  /** Aborted on Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
};
