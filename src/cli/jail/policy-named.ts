import { existsSync } from 'node:fs'
import { shippedPolicies, shippedPolicyFile } from '../../jail/policy-files.ts'
import { findRuntime } from '../../runtime/registry.ts'

/** The file that an argument means: itself, or the policy of that name that comes with us. */
export function policyNamed(argument: string): string {
  const isOurs = shippedPolicies().includes(argument) && !existsSync(argument)
  return isOurs ? shippedPolicyFile(argument) : argument
}

/** A runtime type by its name or alias. Throws UNKNOWN_RUNTIME. */
export async function runtimeNamed(argument: string | undefined): Promise<string | undefined> {
  return argument === undefined ? undefined : (await findRuntime(argument)).runtime.name
}
