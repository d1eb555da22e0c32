import type { PolicyConfigSchema, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { isOfProductionStack } from "./production";
import type { SeenResource } from "./resource";
import { defaultSettings, type Rule, type RuleSettings } from "./rules";

/**
 * Returns two policies for a rule, because the enforcement level of a policy applies to all stacks: a mandatory one for
 * production stacks, and an advisory one for all others. The configuration `{"all": "mandatory"}` of the pack makes both
 * mandatory.
 */
export function policiesOf(rule: Rule): ResourceValidationPolicy[] {
  const { name, description } = rule;
  const about = { description, configSchema };
  return [
    {
      ...{ name, enforcementLevel: "mandatory", ...about },
      validateResource: (args, report) => {
        if (isOfProductionStack(args.urn)) validate(rule, args, report);
      },
    },
    {
      ...{ name: `${name}-elsewhere`, enforcementLevel: "advisory", ...about },
      validateResource: (args, report) => {
        if (!isOfProductionStack(args.urn)) validate(rule, args, report);
      },
    },
  ];
}

const configSchema: PolicyConfigSchema = {
  properties: {
    serviceTypes: {
      type: "array",
      items: { type: "string", enum: ["ClusterIP", "NodePort", "LoadBalancer"] },
      default: [...defaultSettings.serviceTypes],
    },
  },
};

function validate(rule: Rule, args: ResourceValidationArgs, report: (message: string) => void): void {
  const { serviceTypes = defaultSettings.serviceTypes } = args.getConfig<Partial<RuleSettings>>();
  for (const message of rule.violations(seen(args), { serviceTypes })) report(message);
}

function seen({ type, urn, props, opts, provider }: ResourceValidationArgs): SeenResource {
  return { type, urn, props, isProtected: opts.protect, ...(provider && { provider: provider.props }) };
}
