package io.strandline.bench.flink;

/** A record; mutable, because the source uses one object for all of them. */
final class Reading {

    long key;
    long value;
    long created;
}
