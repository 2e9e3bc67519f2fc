package io.strandline.bench.flink;

import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.Script;
import io.strandline.bench.measure.SteadyRun;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** Runs one workload on Flink and prints one line of JSON. */
public final class FlinkBenchmark {

    private FlinkBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Parameters asked = Parameters.of(List.of(arguments));
        Result result = new Result(asked, "flink " + EnvironmentInformation.getVersion());
        try (FlinkCluster cluster = new FlinkCluster(asked)) {
            switch (asked.workload()) {
                case "w1" -> steady(cluster, result);
                case "w2" -> new ScatteredChanges(cluster).run(result);
                case "w4" -> OperatorFailure.run(cluster, result);
                default -> throw new IllegalArgumentException("no workload " + asked.workload());
            }
        }
        result.print();
        Runtime.getRuntime().halt(0);
    }

    private static void steady(FlinkCluster cluster, Result result) throws Exception {
        Parameters asked = cluster.asked();
        Arrivals arrivals = new Arrivals(asked.rate() > 0);
        Shared.set(Script.of(asked), arrivals);
        JobID job = cluster.submit(KeyedJob.totals(asked), null);
        new SteadyRun(asked, arrivals, () -> cluster.checkpoints(job), () -> cluster.alive(job)).measure(result);
        cluster.cancel(job);
    }
}
