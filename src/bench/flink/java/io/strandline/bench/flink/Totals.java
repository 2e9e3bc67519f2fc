package io.strandline.bench.flink;

/** A key's count and sum: a state's value, and with key and creation time what is emitted. */
final class Totals {

    long key;
    long count;
    long sum;
    long created;
}
