package io.strandline.state;

/** What one subtask wrote for one attempt. */
public record FlushStatistics(long dirtyEntries, long newBytes, long totalBytes, long asyncNanos) {}
