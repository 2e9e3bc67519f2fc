package io.strandline.bench.series;

import static io.strandline.bench.series.Contender.FLINK;
import static io.strandline.bench.series.Contender.FLINK_ROCKSDB;
import static io.strandline.bench.series.Contender.JET;
import static io.strandline.bench.series.Contender.OURS;
import static io.strandline.bench.series.Contender.OURS_ROCKSDB;

import java.util.List;
import java.util.stream.Stream;

/** The cells of the table. */
final class Cells {

    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;

    private static final List<Figure> THROUGHPUT = List.of(
            Figure.more("recordsPerSecond", "million records/s", MILLION),
            Figure.shown("p5Of100msWindows", "5th percentile of 100 ms windows / mean", 1),
            Figure.less("checkpointMillisP50", "checkpoint p50, ms", 1),
            Figure.less("checkpointMillisMax", "max, ms", 1),
            Figure.shown("otherCores", "other processes, cores", 1));

    private static final List<Figure> LATENCY = List.of(
            Figure.less("latencyMicrosP50", "p50, ms", THOUSAND),
            Figure.less("latencyMicrosP99", "p99, ms", THOUSAND),
            Figure.less("latencyMicrosP999", "p99.9, ms", THOUSAND),
            Figure.shown("otherCores", "other processes, cores", 1));

    private static final List<Figure> FREEZE = List.of(
            Figure.less("freezeCpuMicrosP99", "processor time p99, µs", 1),
            Figure.less("freezeMicrosP50", "wall p50, µs", 1),
            Figure.less("freezeMicrosP99", "wall p99, µs", 1),
            Figure.shown("freezeMicrosCount", "checkpoints", 1));

    private static final List<Figure> SNAPSHOT = List.of(
            Figure.less("incrementalMillisP50", "1 % changed: p50, ms", 1),
            Figure.less("incrementalMillisMax", "max, ms", 1),
            Figure.less("newBytesMean", "mean, MB", MILLION),
            Figure.less("newBytesMax", "max, MB", MILLION),
            Figure.less("fullMillis", "full, ms", 1),
            Figure.less("restoreMillis", "restore to first record, ms", 1),
            Figure.shown("checkMillis", "hash check, ms", 1));

    private static final List<Figure> SNAPSHOTS_IN_A_ROW = List.of(
            Figure.less("incrementalMillisP50", "p50, ms", 1),
            Figure.less("incrementalMillisMax", "max, ms", 1),
            Figure.less("newBytesMean", "flushed and merged: mean, MB", MILLION),
            Figure.less("newBytesP50", "median, MB", MILLION),
            Figure.less("newBytesMax", "max, MB", MILLION),
            Figure.less("namedPerLiveMax", "most named / live", 1),
            Figure.less("restoreMillis", "restore to first record, ms", 1));

    private static final List<Figure> FAILURE = List.of(
            Figure.less("firstOutputMillisP50", "first output, ms", 1),
            Figure.less("caughtUpMillisP50", "caught up, ms", 1),
            Figure.less("caughtUpMillisMax", "max, ms", 1));

    private static final List<Figure> LOOKUP = List.of(
            Figure.less("firstLookupMillis", "first, ms", 1),
            Figure.less("lookupMicrosP50", "p50, µs", 1),
            Figure.less("lookupMicrosP99", "p99, µs", 1));

    private Cells() {}

    static List<Cell> all() {
        return Stream.of(throughput(), latencies(), snapshots(), readers())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Cell> throughput() {
        return List.of(
                new Cell(
                        "Throughput, 10 thousand keys",
                        options("--workload w1 --keys 10000"),
                        List.of(OURS, FLINK, JET, FLINK_ROCKSDB),
                        THROUGHPUT),
                new Cell(
                        "Throughput, 1 million keys",
                        options("--workload w1 --keys 1000000"),
                        List.of(OURS, FLINK, JET),
                        THROUGHPUT),
                new Cell(
                        "Throughput, 1 million keys, RocksDB",
                        options("--workload w1 --keys 1000000"),
                        List.of(OURS_ROCKSDB, FLINK_ROCKSDB),
                        THROUGHPUT),
                new Cell(
                        "Throughput, 20 million keys, RocksDB, 256 MB of memory for state",
                        options("--workload w1 --keys 20000000 --budget 256 --preload true --warmup 20 --duration 20"),
                        List.of(OURS_ROCKSDB, FLINK_ROCKSDB),
                        THROUGHPUT));
    }

    private static List<Cell> latencies() {
        return List.of(
                new Cell(
                        "Latency at 100 thousand records a second, 1 million keys, parallelism 1",
                        options("--workload w1 --keys 1000000 --parallelism 1 --rate 100000 --preload true"
                                + " --warmup 8 --duration 15"),
                        List.of(OURS, FLINK, JET),
                        LATENCY),
                freeze("100 thousand", 100_000),
                freeze("1 million", 1_000_000),
                freeze("5 million", 5_000_000),
                freeze("20 million", 20_000_000));
    }

    private static List<Cell> snapshots() {
        return List.of(
                new Cell(
                        "Snapshots and restore, 5 million keys of 100 bytes",
                        options("--workload w2 --keys 5000000 --budget 3000 --rounds 20"),
                        List.of(OURS, OURS_ROCKSDB, FLINK, FLINK_ROCKSDB, JET),
                        SNAPSHOT),
                new Cell(
                        "200 incremental snapshots in a row, two a second",
                        options("--workload w2 --keys 5000000 --budget 3000 --rounds 200 --pause 500"),
                        List.of(OURS, OURS_ROCKSDB),
                        SNAPSHOTS_IN_A_ROW),
                new Cell(
                        "Operator failure at 20 thousand records a second, 1 million keys",
                        options("--workload w4 --rate 20000 --preload true --rounds 5"),
                        List.of(OURS, FLINK, FLINK_ROCKSDB, JET),
                        FAILURE));
    }

    private static List<Cell> readers() {
        return List.of(new Cell(
                "Point look-ups in a stored version, 5 million keys",
                options("--workload lookup --keys 5000000 --budget 2000 --preload true"),
                List.of(OURS, OURS_ROCKSDB),
                LOOKUP));
    }

    private static Cell freeze(String count, long keys) {
        return new Cell(
                "Freezes, " + count + " keys, a checkpoint every 20 ms",
                options("--workload freeze --keys " + keys + " --rate 200000 --interval 20 --preload true"
                        + " --rounds 1000 --warmup 3 --budget 3000"),
                List.of(OURS),
                FREEZE);
    }

    private static List<String> options(String line) {
        return List.of(line.split(" ", -1));
    }
}
