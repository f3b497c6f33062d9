import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mlflow.api.proto.ModelRegistry.ModelVersion;
import org.mlflow.api.proto.Service.CreateExperiment;
import org.mlflow.api.proto.Service.ExperimentTag;
import org.mlflow.api.proto.Service.FileInfo;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.ActiveRun;
import org.mlflow.tracking.ExperimentsPage;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowContext;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.ModelVersionsPage;
import org.mlflow.tracking.RunsPage;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** What a program in Java does with a tracking server. Files go by MLflow's command, which must be on the PATH. */
public final class Tracking {
  private static final String NAME = "java-" + System.nanoTime();

  private static void same(Object found, Object wanted) {
    if (!Objects.equals(found, wanted)) throw new AssertionError(found + " is not " + wanted);
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void refused(int status, String words, Work work) throws Exception {
    try {
      work.run();
    } catch (MlflowHttpException error) {
      same(error.getStatusCode(), status);
      same(error.getBodyMessage().contains(words) ? words : error.getBodyMessage(), words);
      return;
    }
    throw new AssertionError("not refused: " + words);
  }

  private static String experiments(MlflowClient client) throws Exception {
    String id = client.createExperiment(CreateExperiment.newBuilder().setName(NAME)
        .addTags(ExperimentTag.newBuilder().setKey("team").setValue("flights")).build());
    same(client.getExperimentByName(NAME).get().getExperimentId(), id);
    same(client.getExperimentByName(NAME + " nobody").isPresent(), false);
    client.setExperimentTag(id, "note", "naïve ✓");
    Map<String, String> tags = new TreeMap<>();
    client.getExperiment(id).getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    same(tags, Map.of("team", "flights", "note", "naïve ✓"));
    refused(400, "already exists", () -> client.createExperiment(NAME));

    String other = client.createExperiment(NAME + " other");
    client.renameExperiment(other, NAME + " renamed");
    client.deleteExperiment(other);
    same(client.getExperiment(other).getLifecycleStage(), "deleted");
    client.restoreExperiment(other);
    ExperimentsPage page = client.searchExperiments(
        "name LIKE '" + NAME + "%'", ViewType.ACTIVE_ONLY, 1, List.of("name DESC"));
    List<String> names = new ArrayList<>();
    for (boolean more = true; more; ) {
      page.getItems().forEach(each -> names.add(each.getName()));
      more = page.hasNextPage();
      if (more) page = (ExperimentsPage) page.getNextPage();
    }
    same(names, List.of(NAME + " renamed", NAME));
    return id;
  }

  private static void runs(MlflowClient client, String experiment) throws Exception {
    RunInfo made = client.createRun(experiment);
    String id = made.getRunId();
    same(made.getStatus(), RunStatus.RUNNING);
    client.logParam(id, "depth", "3");
    client.logParam(id, "depth", "3");
    refused(400, "depth", () -> client.logParam(id, "depth", "4"));
    client.setTag(id, "colour", "blue");
    client.setTag(id, "gone", "1");
    client.deleteTag(id, "gone");
    client.logMetric(id, "loss", 0.5, 1000, 0);
    client.logMetric(id, "loss", 0.25, 2000, 1);
    client.logMetric(id, "odd", Double.NaN, 1000, 0);
    client.logMetric(id, "low", Double.NEGATIVE_INFINITY, 1000, 0);
    List<Metric> many = new ArrayList<>();
    for (int step = 0; step < 900; step++) {
      many.add(Metric.newBuilder().setKey("many").setValue(step / 8.0).setTimestamp(1000 + step).setStep(step).build());
    }
    client.logBatch(id, many, List.of(Param.newBuilder().setKey("lr").setValue("0.1").build()),
        List.of(RunTag.newBuilder().setKey("fold").setValue("2").build()));
    client.setTerminated(id, RunStatus.FINISHED, 5000);

    Run run = client.getRun(id);
    same(run.getInfo().getStatus(), RunStatus.FINISHED);
    same(run.getInfo().getEndTime(), 5000L);
    Map<String, Double> latest = new TreeMap<>();
    run.getData().getMetricsList().forEach(metric -> latest.put(metric.getKey(), metric.getValue()));
    same(latest.get("loss"), 0.25);
    same(latest.get("many"), 899 / 8.0);
    same(Double.isNaN(latest.get("odd")), true);
    same(latest.get("low") <= -Double.MAX_VALUE, true);
    same(run.getData().getParamsList().stream().map(Param::getKey).sorted().collect(Collectors.toList()),
        List.of("depth", "lr"));
    Map<String, String> tags = new TreeMap<>();
    run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    same(List.of(tags.get("colour"), tags.get("fold"), tags.containsKey("gone")), List.of("blue", "2", false));
    List<Metric> history = client.getMetricHistory(id, "many");
    same(history.size(), 900);
    same(history.get(899).getStep(), 899L);
    same(client.getMetricHistory(id, "loss").stream().map(Metric::getTimestamp).collect(Collectors.toList()),
        List.of(1000L, 2000L));

    client.deleteRun(id);
    same(client.getRun(id).getInfo().getLifecycleStage(), "deleted");
    refused(400, "must be in", () -> client.logMetric(id, "late", 1));
    client.restoreRun(id);
    refused(404, "not found", () -> client.getRun("nobody"));
  }

  private static void search(MlflowClient client, String experiment) {
    for (int i = 0; i < 5; i++) {
      String id = client.createRun(experiment).getRunId();
      client.logMetric(id, "acc", i / 10.0);
      client.setTag(id, "search", "yes");
    }
    RunsPage page = client.searchRuns(List.of(experiment), "tags.search = 'yes' and metrics.acc >= 0.1",
        ViewType.ACTIVE_ONLY, 3, List.of("metrics.acc DESC"));
    List<Double> found = new ArrayList<>();
    while (true) {
      page.getItems().forEach(run -> found.add(run.getData().getMetrics(0).getValue()));
      if (!page.hasNextPage()) break;
      page = (RunsPage) page.getNextPage();
    }
    same(found, List.of(0.4, 0.3, 0.2, 0.1));
  }

  private static void context(MlflowClient client) {
    MlflowContext context = new MlflowContext(client).setExperimentName(NAME);
    ActiveRun parent = context.startRun("parent");
    ActiveRun child = context.startRun("child", parent.getId());
    child.logParams(Map.of("a", "1", "b", "2"));
    child.logMetrics(Map.of("x", 1.0), 7);
    child.endRun();
    parent.endRun(RunStatus.FAILED);
    Run run = client.getRun(child.getId());
    same(run.getData().getMetrics(0).getStep(), 7L);
    same(run.getData().getTagsList().stream().anyMatch(
        tag -> tag.getKey().equals("mlflow.parentRunId") && tag.getValue().equals(parent.getId())), true);
    same(client.getRun(parent.getId()).getInfo().getStatus(), RunStatus.FAILED);
  }

  private static String artifacts(MlflowClient client, String experiment) throws Exception {
    String id = client.createRun(experiment).getRunId();
    Path folder = Files.createTempDirectory("tidemark-java");
    Path file = Files.writeString(folder.resolve("naïve file.txt"), "words ✓");
    byte[] bytes = new byte[3_000_000];
    new java.util.Random(7).nextBytes(bytes);
    Path model = Files.createDirectories(folder.resolve("model/data"));
    Files.write(model.resolve("weights.bin"), bytes);
    client.logArtifact(id, file.toFile());
    client.logArtifact(id, file.toFile(), "texts");
    client.logArtifacts(id, folder.resolve("model").toFile(), "model");
    same(client.listArtifacts(id).stream().map(FileInfo::getPath).sorted().collect(Collectors.toList()),
        List.of("model", "naïve file.txt", "texts"));
    FileInfo weights = client.listArtifacts(id, "model/data").get(0);
    same(weights.getPath(), "model/data/weights.bin");
    same(weights.getFileSize(), 3_000_000L);
    Path text = client.downloadArtifacts(id, "texts/naïve file.txt").toPath();
    same(Files.readString(text, StandardCharsets.UTF_8), "words ✓");
    Path back = client.downloadArtifacts(id, "model").toPath();
    same(java.util.Arrays.equals(Files.readAllBytes(back.resolve("data/weights.bin")), bytes), true);
    return id;
  }

  private static void registry(MlflowClient client, String run) throws Exception {
    // MLflow's command would not find a name with blanks, which the client encodes.
    String model = NAME + "-model";
    client.sendPost("registered-models/create", "{\"name\": \"" + model + "\", \"description\": \"words\"}");
    for (int i = 0; i < 2; i++) {
      client.sendPost("model-versions/create",
          "{\"name\": \"" + model + "\", \"source\": \"runs:/" + run + "/model\", \"run_id\": \"" + run + "\"}");
    }
    client.sendPost("model-versions/transition-stage", "{\"name\": \"" + model
        + "\", \"version\": \"1\", \"stage\": \"Production\", \"archive_existing_versions\": true}");
    same(client.getRegisteredModel(model).getDescription(), "words");
    ModelVersion version = client.getModelVersion(model, "1");
    same(version.getCurrentStage(), "Production");
    same(version.getRunId(), run);
    same(client.getLatestVersions(model).stream().map(ModelVersion::getVersion).sorted().collect(Collectors.toList()),
        List.of("1", "2"));
    same(client.getLatestVersions(model, List.of("Production")).size(), 1);
    same(client.getModelVersionDownloadUri(model, "2").contains(run), true);
    ModelVersionsPage page = client.searchModelVersions("name='" + model + "'", 1, List.of("version_number ASC"));
    same(page.getItems().get(0).getVersion(), "1");
    same(((ModelVersionsPage) page.getNextPage()).getItems().get(0).getVersion(), "2");
    Path files = client.downloadModelVersion(model, "1").toPath();
    same(Files.size(files.resolve("data/weights.bin")), 3_000_000L);
    refused(404, "not found", () -> client.getModelVersion(model, "9"));
  }

  public static void main(String[] words) throws Exception {
    // The environment's token is Python's alone to read.
    String uri = System.getenv("MLFLOW_TRACKING_URI");
    String token = System.getenv("MLFLOW_TRACKING_TOKEN");
    try (MlflowClient client = new MlflowClient(new BasicMlflowHostCreds(uri, token))) {
      String experiment = experiments(client);
      runs(client, experiment);
      search(client, experiment);
      context(client);
      if (words.length > 0 && words[0].equals("files")) registry(client, artifacts(client, experiment));
    }
    System.out.println("ok");
  }
}
