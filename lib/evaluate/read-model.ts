import { inBytes, type NamedBytes, quoted, refused } from "./model-files";
import { type OnnxModel, readOnnxModel } from "./onnx-model";
import { readTfjsModel, type TfjsModel } from "./tfjs-model";
import { isZip, unzip } from "./unzip";

const LARGEST_MODEL = 512 * 1024 * 1024;
const MOST_FILES = 2_000;

/**
 * The one model among files that were dropped together, a folder's or a zip's: a model.json with its shards, or an .onnx
 * file. Other files beside it are left alone.
 * @throws TidemarkError that names what is wrong and what to do
 */
export function readModel(given: readonly NamedBytes[]): TfjsModel | OnnxModel {
  const files = given.flatMap((file) => (isZip(file.bytes) ? unzip(file) : [file]));
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (files.length > MOST_FILES || total > LARGEST_MODEL) {
    throw refused(
      `${files.length} files with ${inBytes(total)} are more than a model: at most ${MOST_FILES} files with ${inBytes(LARGEST_MODEL)} are read; choose the model's own`,
    );
  }
  const models = files.filter(({ path }) => isModelFile(path));
  if (models.length === 0) {
    const names = files.slice(0, 5).map(({ path }) => quoted(path));
    throw refused(
      `there is no model.json and no .onnx file among ${names.join(", ") || "no files"}: choose a TensorFlow.js model (model.json and its shards) or an ONNX file; docs/evaluation.md says how to make one of a Keras, scikit-learn or XGBoost model`,
    );
  }
  if (models.length > 1) {
    throw refused(
      `there are ${models.length} models: ${models
        .slice(0, 5)
        .map(({ path }) => quoted(path))
        .join(", ")}; choose the files of one`,
    );
  }
  const model = models[0]!;
  return model.path.toLowerCase().endsWith(".onnx") ? readOnnxModel(model) : readTfjsModel(model, files);
}

const isModelFile = (path: string) => /\.onnx$|(^|\/)model\.json$/i.test(path);
