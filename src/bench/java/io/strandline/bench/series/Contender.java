package io.strandline.bench.series;

import java.util.List;

/**
 * An engine with a backend.
 *
 * @param title what the page calls it
 * @param engine as the launcher calls it
 * @param backend as the launcher calls it
 */
record Contender(String title, String engine, String backend) {

    static final Contender OURS = new Contender("Strandline `filesystem`", "strandline", "heap");
    static final Contender OURS_ROCKSDB = new Contender("Strandline `rocksdb`", "strandline", "rocksdb");
    static final Contender FLINK = new Contender("Flink heap", "flink", "heap");
    static final Contender FLINK_ROCKSDB = new Contender("Flink RocksDB", "flink", "rocksdb");
    static final Contender JET = new Contender("Jet", "jet", "heap");

    List<String> arguments() {
        return List.of("--engine", engine, "--backend", backend);
    }
}
