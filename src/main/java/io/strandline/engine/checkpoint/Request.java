package io.strandline.engine.checkpoint;

/**
 * A request on its way.
 *
 * @param asked what was asked for
 * @param failures attempts that failed so far
 * @param notBefore when the next attempt may begin, monotonic nanoseconds
 */
record Request(CheckpointRequest asked, int failures, long notBefore) {

    static Request of(CheckpointRequest asked, Moment now) {
        return new Request(asked, 0, now.nanos());
    }

    Request again(Moment now, long pauseNanos) {
        return new Request(asked, failures + 1, now.nanos() + pauseNanos);
    }

    boolean ready(Moment now) {
        return now.nanos() - notBefore >= 0;
    }
}
