package io.strandline.bench.jet;

/** A record; one object each, because queues between processors hold references. */
record Reading(long key, long value, long created) {}
