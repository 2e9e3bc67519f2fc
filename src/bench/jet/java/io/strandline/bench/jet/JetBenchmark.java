package io.strandline.bench.jet;

import com.hazelcast.instance.BuildInfoProvider;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.core.JobStatus;
import io.strandline.bench.measure.Arrivals;
import io.strandline.bench.measure.Checkpoint;
import io.strandline.bench.measure.FailureFigures;
import io.strandline.bench.measure.Parameters;
import io.strandline.bench.measure.Result;
import io.strandline.bench.measure.Script;
import io.strandline.bench.measure.SteadyRun;
import java.util.List;

/** Runs one workload on Jet and prints one line of JSON. */
public final class JetBenchmark {

    private JetBenchmark() {}

    public static void main(String[] arguments) {
        Parameters asked = Parameters.of(List.of(arguments));
        Result result = new Result(
                asked, "hazelcast " + BuildInfoProvider.getBuildInfo().getVersion());
        try (JetMember member = new JetMember(asked)) {
            switch (asked.workload()) {
                case "w1" -> steady(member, result);
                case "w2" -> new ScatteredChanges(member).run(result);
                case "w4" -> failures(member, result);
                default -> throw new IllegalArgumentException("no workload " + asked.workload());
            }
        }
        result.print();
        Runtime.getRuntime().halt(0);
    }

    private static void steady(JetMember member, Result result) {
        Arrivals arrivals = new Arrivals(member.asked().rate() > 0);
        Shared.set(Script.of(member.asked()), arrivals);
        Job job = member.submit(TotalsProcessor::new);
        List<Checkpoint> seen = member.follow(job);
        new SteadyRun(member.asked(), arrivals, () -> seen, () -> member.alive(job)).measure(result);
        job.cancel();
    }

    /** Jet does not restart a job whose processor throws; resuming it at once is the quickest way to go on. */
    private static void failures(JetMember member, Result result) {
        Parameters asked = member.asked();
        Arrivals arrivals = new Arrivals(true);
        Shared.set(Script.of(asked), arrivals);
        Job job = member.submit(TotalsProcessor::new);
        List<Checkpoint> seen = member.follow(job);
        new SteadyRun(asked, arrivals, () -> seen, () -> member.alive(job)).awaitWarm();
        FailureFigures figures = new FailureFigures(asked, arrivals);
        for (int round = 0; round < asked.rounds(); round++) {
            figures.ready();
            Shared.arm();
            member.await(job, JobStatus.SUSPENDED);
            job.resume();
            figures.recovered(Shared.failedNanos(), () -> member.alive(job));
        }
        job.cancel();
        figures.addTo(result);
    }
}
