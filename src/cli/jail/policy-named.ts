import { existsSync } from 'node:fs'
import { shippedPolicies, shippedPolicyFile } from '../../jail/policy-files.ts'

/** The file that an argument means: itself, or the policy of that name that comes with us. */
export function policyNamed(argument: string): string {
  const isOurs = shippedPolicies().includes(argument) && !existsSync(argument)
  return isOurs ? shippedPolicyFile(argument) : argument
}
