import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./policies";
import { rules } from "./rules";

new PolicyPack("longhorn-s3", { policies: rules.flatMap(policiesOf) });
