import type { Apart, Work } from './apart.ts';

/** The other side of apart.ts. The module's path comes as argument, its input as the one message. */
const { work } = (await import(process.argv[2] as string)) as { work: Work<unknown, unknown> };

process.once('message', async ({ input }: { input: unknown }) => {
  const idleBytes = process.memoryUsage.rss();
  const output = await work(input);
  // In kilobytes whatever the system (libuv).
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  process.send?.({ output, idleBytes, peakBytes } satisfies Apart<unknown>, () => process.disconnect());
});
