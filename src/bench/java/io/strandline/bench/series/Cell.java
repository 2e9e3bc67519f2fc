package io.strandline.bench.series;

import io.strandline.bench.measure.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * One comparison: a workload, who runs it, and what is looked at. The first contender is ours.
 *
 * @param title what the page calls it
 * @param options of the launcher
 * @param contenders ours, then those it is compared with
 * @param figures columns of the table
 */
record Cell(String title, List<String> options, List<Contender> contenders, List<Figure> figures) {

    private static final int START_SECONDS = 6;
    private static final long LOADED_PER_SECOND = 500_000;
    private static final long LOADED_BY_A_STORE_PER_SECOND = 100_000;

    List<String> arguments(Contender contender) {
        List<String> arguments = new ArrayList<>(contender.arguments());
        arguments.addAll(options);
        return arguments;
    }

    /** About how long one run takes. */
    long seconds(Contender contender) {
        Parameters asked = Parameters.of(arguments(contender));
        boolean store = contender.equals(Contender.FLINK_ROCKSDB);
        long loading = asked.preload() || asked.workload().equals("w2")
                ? asked.keys() / (store ? LOADED_BY_A_STORE_PER_SECOND : LOADED_PER_SECOND)
                : 0;
        long rounds = switch (asked.workload()) {
            case "w2" -> asked.rounds() * (contender.engine().equals("strandline") ? 1L : 5L);
            case "w4" -> asked.rounds() * 8L;
            case "freeze" -> asked.rounds() * asked.interval() / 1000 * 2;
            default -> asked.duration();
        };
        return START_SECONDS + loading + asked.warmup() + rounds;
    }
}
