package io.strandline.snapshot;

/**
 * A stretch of history a version descends from: on {@code branch}, numbers above the previous segment's up to
 * {@code lastNumber}. What sinks committed under such a branch and number belongs to the version.
 */
public record LineSegment(String branch, long firstNumber, long lastNumber) {}
