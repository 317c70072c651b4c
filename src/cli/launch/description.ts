/** What a person sees of a container before the console. */
import type { LaunchPlan } from '../../image/launch/plan.ts'
import type { PublishedPort } from '../../image/launch/ports.ts'

/** Lines for stderr. */
export function describeLaunch(plan: LaunchPlan, image: string): string {
  const { runtime, name, services } = plan
  const wide = Math.max(0, ...services.map((one) => one.name.length))
  return [
    `${image}: runtime ${runtime}, container ${name}`,
    ...services.map((one) => `  ${one.name.padEnd(wide)}  ${place(one)}`),
    '',
  ].join('\n')
}

function place({ own, name, protocol, port, host }: PublishedPort): string {
  const address = protocol === 'http' ? `http://127.0.0.1:${host}/` : `127.0.0.1:${host}`
  // The runner starts its own by itself, and `preopen` ones are the image's or the user's.
  return own || protocol === 'preopen' || protocol === 'tcp'
    ? address
    : `${address}  .start ${name} ${port} starts it`
}
