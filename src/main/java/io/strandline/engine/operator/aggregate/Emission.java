package io.strandline.engine.operator.aggregate;

import java.time.Duration;

/** When a running aggregate passes rows on. */
public sealed interface Emission {

    /** A row for every row taken, in order of arrival. */
    record Changes() implements Emission {}

    /** The rows of the keys that changed, once an interval and before every barrier. */
    record Every(Duration interval) implements Emission {}

    /** None: the aggregate is read from its state only. */
    record None() implements Emission {}
}
