/**
 * Every route of the API. Next loads a route when it is first asked for; what speaks of all of them (the OpenAPI
 * description, the test of scopes) loads them here. A route file that is not listed fails routes.test.ts.
 */
import "@/app/api/2.0/[...path]/route";
import "@/app/get-artifact/route";
import "@/app/health/route";
import "@/app/metrics/route";
import "@/app/model-versions/get-artifact/route";
import "@/app/api/v1/audit/route";
import "@/app/api/v1/audit/verify/route";
import "@/app/api/v1/curves/route";
import "@/app/api/v1/experiments/[experiment]/groups/route";
import "@/app/api/v1/experiments/[experiment]/names/route";
import "@/app/api/v1/experiments/[experiment]/route";
import "@/app/api/v1/experiments/[experiment]/runs/route";
import "@/app/api/v1/experiments/route";
import "@/app/api/v1/ground-truth/route";
import "@/app/api/v1/import/route";
import "@/app/api/v1/keys/[id]/route";
import "@/app/api/v1/keys/route";
import "@/app/api/v1/models/[model]/compare/route";
import "@/app/api/v1/models/[model]/history/route";
import "@/app/api/v1/models/[model]/rollback/route";
import "@/app/api/v1/models/[model]/route";
import "@/app/api/v1/models/[model]/versions/[version]/baseline/route";
import "@/app/api/v1/models/[model]/versions/[version]/card/export/route";
import "@/app/api/v1/models/[model]/versions/[version]/card/route";
import "@/app/api/v1/models/[model]/versions/[version]/drift/route";
import "@/app/api/v1/models/[model]/versions/[version]/drift/segments/route";
import "@/app/api/v1/models/[model]/versions/[version]/drift/timeline/route";
import "@/app/api/v1/models/[model]/versions/[version]/lineage/route";
import "@/app/api/v1/models/[model]/versions/[version]/performance/route";
import "@/app/api/v1/models/[model]/versions/[version]/predictions/route";
import "@/app/api/v1/models/[model]/versions/[version]/quality/route";
import "@/app/api/v1/models/[model]/versions/[version]/route";
import "@/app/api/v1/models/[model]/versions/[version]/schema/route";
import "@/app/api/v1/models/[model]/versions/[version]/segments/route";
import "@/app/api/v1/models/[model]/versions/route";
import "@/app/api/v1/models/route";
import "@/app/api/v1/predictions/route";
import "@/app/api/v1/runs/[run]/files/content/route";
import "@/app/api/v1/runs/[run]/files/preview/route";
import "@/app/api/v1/runs/[run]/files/route";
import "@/app/api/v1/runs/[run]/route";
import "@/app/api/v1/runs/route";
