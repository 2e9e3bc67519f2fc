package io.strandline.pipeline;

import java.time.Duration;

/** When a running aggregate passes rows on. */
public sealed interface Emit {

    /** A row per update. */
    record Changes() implements Emit {}

    /** The rows of the keys that changed, once per interval. */
    record Every(Duration interval) implements Emit {}

    /** Nothing: the aggregate is read from its state only. */
    record None() implements Emit {}
}
