/**
 * Measures each in turn, round by round (A B A B ...), so that what else the machine does falls on all alike.
 * What is undefined is left out.
 */
export async function alternately<Name extends string>(
  rounds: number,
  measured: Partial<Record<Name, (() => Promise<number[]>) | undefined>>,
): Promise<Partial<Record<Name, number[]>>> {
  const samples: Partial<Record<Name, number[]>> = {}
  const present = Object.entries(measured) as [Name, (() => Promise<number[]>) | undefined][]
  for (let round = 0; round < rounds; round++)
    for (const [name, measure] of present)
      if (measure) samples[name] = [...(samples[name] ?? []), ...(await measure())]
  return samples
}

/** The same thing that many times, one after the other. */
export async function repeat(times: number, measure: () => Promise<number>): Promise<number[]> {
  const samples: number[] = []
  for (let done = 0; done < times; done++) samples.push(await measure())
  return samples
}
