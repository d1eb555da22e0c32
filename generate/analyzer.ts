import { Analyzer, InputOutput } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as ts from "typescript";

/** Members of the SDK's analyzer that its declaration omits. */
interface AnalyzerInside {
  readonly checker: ts.TypeChecker;
  readonly typeDefinitions: Record<string, unknown>;
  readonly providerName: string;
  analyzeType: (
    this: AnalyzerInside,
    context: { inputOutput: InputOutput },
    type: ts.Type,
    location: ts.Node,
    optional?: boolean,
    description?: string,
  ) => object;
}

const inside = Analyzer.prototype as unknown as AnalyzerInside;
const { analyzeType } = inside;

/**
 * Extends the SDK's analyzer by two types that it refuses: an enumeration with a single value, and a union of a value for all
 * data engines and an object with a value per engine.
 */
export function extendAnalyzer(): void {
  inside.analyzeType = function (this: AnalyzerInside, context, type, location, optional = false, description) {
    const parts = type.isUnion() ? type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined)) : [type];
    const [only, ...others] = parts;
    const isOptional = optional || (type.isUnion() && parts.length < type.types.length);
    if (only?.isStringLiteral() && others.length === 0 && ts.isPropertySignature(location)) {
      const name = defineEnumeration(this, location, only.value);
      return {
        $ref: `#/types/${this.providerName}:index:${name}`,
        ...(isOptional && { optional: true }),
        ...(context.inputOutput === InputOutput.Neither && { plain: true }),
        ...(description !== undefined && { description }),
      };
    }
    const byEngine = parts.find((part) => part.isClassOrInterface() && /ByEngine$/.test(part.symbol.name));
    const ofEngine = byEngine?.getProperty("v1");
    if (byEngine !== undefined && ofEngine?.valueDeclaration !== undefined && parts.length > 1) {
      const alone = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(ofEngine));
      return {
        oneOf: [
          analyzeType.call(this, context, alone, ofEngine.valueDeclaration),
          analyzeType.call(this, context, byEngine, location),
        ],
        ...(isOptional && { optional: true }),
        ...(context.inputOutput === InputOutput.Neither && { plain: true }),
        ...(description !== undefined && { description }),
      };
    }
    return analyzeType.call(this, context, type, location, optional, description);
  };
}

/** Defines the enumeration that is the type of a property. */
function defineEnumeration(
  { checker, typeDefinitions }: AnalyzerInside,
  property: ts.PropertySignature,
  value: string,
) {
  const { type } = property;
  if (type === undefined || !ts.isTypeReferenceNode(type))
    throw new Error(`${property.getText()}: expected an enumeration`);
  const symbol = checker.getSymbolAtLocation(type.typeName);
  const declared = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const constant = declared?.valueDeclaration;
  const [member] = constant === undefined ? [] : checker.getTypeAtLocation(constant).getProperties();
  if (member === undefined)
    throw new Error(`${property.getText()}: expected an enumeration with a constant of the same name`);
  const name = type.typeName.getText();
  const description = ts.displayPartsToString(member.getDocumentationComment(checker));
  typeDefinitions[name] ??= { name, type: "string", enum: [{ name: member.name, value, description }] };
  return name;
}
