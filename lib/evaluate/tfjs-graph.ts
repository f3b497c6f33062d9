import { quoted, refused } from "./model-files";

/**
 * Operations of a graph model that compute a row's answer from its numbers, in memory that inputs and weights bound: no
 * loops, no state, nothing random, nothing that makes much of little.
 */
const OPS = new Set([
  ...[
    "Placeholder",
    "PlaceholderWithDefault",
    "Const",
    "Identity",
    "IdentityN",
    "NoOp",
    "Cast",
    "StopGradient",
  ],
  ...["MatMul", "_FusedMatMul", "BatchMatMul", "BatchMatMulV2", "BiasAdd", "BiasAddV1", "Einsum"],
  ...[
    "Add",
    "AddV2",
    "AddN",
    "Sub",
    "Mul",
    "Div",
    "DivNoNan",
    "RealDiv",
    "FloorDiv",
    "FloorMod",
    "Mod",
    "Pow",
  ],
  ...["Maximum", "Minimum", "SquaredDifference", "ClipByValue", "Prelu", "LeakyRelu", "Elu", "Selu"],
  ...[
    "Relu",
    "Relu6",
    "Sigmoid",
    "Tanh",
    "Softmax",
    "LogSoftmax",
    "Softplus",
    "Erf",
    "Exp",
    "Expm1",
    "Log",
    "Log1p",
  ],
  ...["Abs", "Neg", "Sign", "Sqrt", "Rsqrt", "Square", "Reciprocal", "Floor", "Ceil", "Round", "IsNan"],
  ...["Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Atan2", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh"],
  ...[
    "Greater",
    "GreaterEqual",
    "Less",
    "LessEqual",
    "Equal",
    "NotEqual",
    "LogicalAnd",
    "LogicalOr",
    "LogicalNot",
  ],
  ...["Select", "SelectV2", "Mean", "Sum", "Max", "Min", "Prod", "All", "Any", "ArgMax", "ArgMin", "Cumsum"],
  ...[
    "Reshape",
    "Squeeze",
    "ExpandDims",
    "Transpose",
    "Concat",
    "ConcatV2",
    "Split",
    "SplitV",
    "Pack",
    "Unpack",
  ],
  ...["Slice", "StridedSlice", "Gather", "GatherV2", "GatherNd", "Shape", "Size", "Rank", "ReverseV2"],
  ...["FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"],
]);
const MOST_NODES = 50_000;

/** @throws TidemarkError that names the first operation which is not evaluated here */
export function checkGraph(topology: object): object {
  const { node, library } = topology as { node?: unknown; library?: { function?: unknown } };
  if (!Array.isArray(node) || node.length === 0) {
    throw refused(
      "the graph model has no nodes: the file is damaged; export it anew with tensorflowjs_converter",
    );
  }
  if (node.length > MOST_NODES)
    throw refused(`the graph has ${node.length} nodes, at most ${MOST_NODES} are read`);
  const functions = library?.function;
  if (Array.isArray(functions) && functions.length > 0) {
    throw refused(
      "the graph holds functions of its own, which branches and loops call: freeze it without control flow (tensorflowjs_converter --control_flow_v2=False)",
    );
  }
  for (const each of node as { op?: unknown; name?: unknown }[]) {
    if (OPS.has(each?.op as string)) continue;
    throw refused(
      `the node ${quoted(each?.name ?? "")} of the graph is of the operation ${quoted(each?.op)}, which is not evaluated here: move it out of the model into the input mapping (docs/evaluation.md lists the operations)`,
    );
  }
  return topology;
}
