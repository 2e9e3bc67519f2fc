package io.strandline.snapshot;

/** A named, typed column. */
public record Column(String name, ColumnType type) {}
