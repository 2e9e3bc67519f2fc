package io.strandline.snapshot;

/**
 * Where one split of a source goes on.
 *
 * @param source the source's name
 * @param split the split: a file, or a partition
 * @param offset next byte or record to read
 * @param maxTimestamp highest event time read, epoch milliseconds ({@code Long.MIN_VALUE} before the first)
 */
public record SourcePosition(String source, String split, long offset, long maxTimestamp) {}
