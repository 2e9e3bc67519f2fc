package io.strandline.storage;

/** Bytes a store holds, by what they are for. */
public record StoreUsage(long blobBytes, long quarantineBytes, long stagingBytes, long manifestBytes) {}
