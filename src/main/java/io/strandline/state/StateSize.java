package io.strandline.state;

/** How big an instance's state is right now. */
public record StateSize(long hotEntries, long hotBytes, long dirtyEntries, long storedBytes) {}
