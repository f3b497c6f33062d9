/*
 * Operators that compute a row's answer from its values, in memory that inputs and weights bound: no loops or branches
 * (Loop, Scan, If), nothing random, nothing that makes much of little (Expand, Tile, ConstantOfShape, Range, Pad, Resize).
 */
export const ONNX_OPS = new Set([
  ...["Identity", "Constant", "Cast", "CastLike", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose"],
  ...[
    "Concat",
    "Split",
    "Slice",
    "Gather",
    "GatherElements",
    "GatherND",
    "Shape",
    "Where",
    "Clip",
    "Dropout",
  ],
  ...[
    "MatMul",
    "Gemm",
    "Einsum",
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Mod",
    "Pow",
    "Sqrt",
    "Reciprocal",
    "Neg",
    "Abs",
  ],
  ...["Exp", "Log", "Erf", "Sign", "Floor", "Ceil", "Round", "Sin", "Cos", "Tan", "Asin", "Acos", "Atan"],
  ...["Sinh", "Cosh", "Tanh", "Asinh", "Acosh", "Atanh", "IsNaN", "IsInf", "Max", "Min", "Mean", "Sum"],
  ...["Relu", "LeakyRelu", "PRelu", "Elu", "Selu", "Celu", "Gelu", "Sigmoid", "HardSigmoid", "HardSwish"],
  ...["Softmax", "LogSoftmax", "Softplus", "Softsign", "ThresholdedRelu", "BatchNormalization"],
  ...["LayerNormalization", "LpNormalization", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"],
  ...["And", "Or", "Not", "Xor", "ArgMax", "ArgMin", "TopK", "CumSum", "StringNormalizer"],
  ...[
    "ReduceMax",
    "ReduceMean",
    "ReduceMin",
    "ReduceProd",
    "ReduceSum",
    "ReduceSumSquare",
    "ReduceL1",
    "ReduceL2",
  ],
  ...["ReduceLogSum", "ReduceLogSumExp"],
]);

/** Of the domain ai.onnx.ml: what scikit-learn's and the tree libraries' models become. */
export const ONNX_ML_OPS = new Set([
  ...[
    "TreeEnsembleClassifier",
    "TreeEnsembleRegressor",
    "TreeEnsemble",
    "LinearClassifier",
    "LinearRegressor",
  ],
  ...["SVMClassifier", "SVMRegressor", "Scaler", "Imputer", "Normalizer", "Binarizer", "OneHotEncoder"],
  ...["LabelEncoder", "CategoryMapper", "ArrayFeatureExtractor", "FeatureVectorizer", "ZipMap"],
]);
