// ESLint rule for the wording of docstrings and of the CLI's help: openings and words that Kubernetes' and Pulumi's documentation do not use.

const opening = /^(What|Whether|Where|Who|Whose|How|Why)\b/i;

/** Words with the upstream word to use instead. */
const upstreamWords = [
  [/\bsilent nodes?\b|\b(?:falls?|fallen|fell) silent\b/i, '"unreachable", "NotReady" or "powered off"'],
  [/\bvouch/i, '"confirm"'],
  [/\bput(?:s|ting)? \w* ?back\b/i, '"restore"'],
  [/\banew\b/i, '"restart" or "recreate"'],
  [/\bmend(?:s|ed|ing)?\b/i, '"fix" or "repair"'],
  [/\bputs? up with\b/i, '"tolerate"'],
  [/\b(?:nobody|somebody)\b/i, "the actor by name, such as the operator or the kubelet"],
];

/** Methods of Commander's commands that take a help text, and the index of that argument. */
const helpArguments = { description: 0, summary: 0, option: 1, requiredOption: 1, argument: 1 };

/** @type {import("eslint").Rule.RuleModule} */
export const voice = {
  meta: {
    type: "suggestion",
    docs: { description: "Require docstrings and help texts in the words of Kubernetes and Pulumi" },
    schema: [],
    messages: {
      opening: 'Start with a noun or a verb instead of "{{word}}": "Name of the Secret", "Returns the name".',
      word: 'Use {{instead}} instead of "{{word}}".',
    },
  },
  create(context) {
    const { sourceCode } = context;

    function check(text, loc, isBoolean) {
      const [, word] = opening.exec(text) ?? [];
      if (word !== undefined && !(isBoolean && word === "Whether")) {
        context.report({ loc, messageId: "opening", data: { word } });
      }
      for (const [pattern, instead] of upstreamWords) {
        const [found] = pattern.exec(text) ?? [];
        if (found !== undefined) context.report({ loc, messageId: "word", data: { word: found, instead } });
      }
    }

    function checkHelp(argument) {
      const text = argument && staticText(argument);
      if (text !== undefined) check(text, argument.loc, false);
    }

    return {
      Program() {
        for (const comment of sourceCode.getAllComments()) {
          if (comment.type !== "Block" || !comment.value.startsWith("*")) continue;
          const documented = documentedNode(comment, sourceCode);
          if (documented) check(docstringOf(comment), comment.loc, isBooleanField(documented, sourceCode));
        }
      },
      CallExpression({ callee, arguments: given }) {
        if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
        const { name } = callee.property;
        if (Object.hasOwn(helpArguments, name)) checkHelp(given[helpArguments[name]]);
      },
      NewExpression({ callee, arguments: given }) {
        if (callee.type === "Identifier" && (callee.name === "Option" || callee.name === "Argument"))
          checkHelp(given[1]);
      },
    };
  },
};

/** Declarations with a docstring that readers see: exports, and members of interfaces, classes, enumerations and constants. */
const documentedTypes = new Set([
  "ExportNamedDeclaration",
  "ExportDefaultDeclaration",
  "TSExportAssignment",
  "TSPropertySignature",
  "TSMethodSignature",
  "TSEnumMember",
  "TSAbstractMethodDefinition",
  "TSAbstractPropertyDefinition",
  "TSParameterProperty",
  "MethodDefinition",
  "PropertyDefinition",
  "Property",
]);

function documentedNode(comment, sourceCode) {
  const token = sourceCode.getTokenAfter(comment);
  if (token === null) return undefined;
  const [start] = token.range;
  for (let node = sourceCode.getNodeByRangeIndex(start); node && node.range[0] === start; node = node.parent) {
    if (documentedTypes.has(node.type)) return node;
  }
  return undefined;
}

/** Returns the text of a docstring up to its first tag. */
function docstringOf({ value }) {
  const lines = value.split("\n").map((line) => line.replace(/^\s*\*+\s?/, "").trim());
  const end = lines.findIndex((line) => line.startsWith("@"));
  return lines
    .slice(0, end === -1 ? undefined : end)
    .join(" ")
    .trim();
}

/** Reports whether a field or a getter is of type boolean, for which "Whether …" is a noun phrase. */
function isBooleanField(node, sourceCode) {
  const { parameter, value, kind, typeAnnotation = parameter?.typeAnnotation } = node;
  if (kind === "get")
    return value?.returnType !== undefined && /\bboolean\b/.test(sourceCode.getText(value.returnType));
  if (typeAnnotation) return /\bboolean\b/.test(sourceCode.getText(typeAnnotation));
  return typeof value?.value === "boolean";
}

/** Returns the text of a string, of a template or of a concatenation; undefined if it is another expression. */
function staticText(node) {
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? node.value : undefined;
    case "TemplateLiteral":
      return node.quasis.map(({ value }) => value.cooked).join("…");
    case "BinaryExpression":
      return node.operator === "+"
        ? [node.left, node.right].map((part) => staticText(part) ?? "…").join("")
        : undefined;
    default:
      return undefined;
  }
}
