package io.strandline.snapshot;

import io.strandline.storage.Blob;

/**
 * One sorted file of a state: entries and delete markers that an attempt (or a spill, or a merge) wrote.
 *
 * @param number the attempt it is labelled with; within one key group, later numbers win
 * @param sequence orders runs of one number (spills and merges), later wins
 * @param keyGroups the key groups its entries lie in
 * @param entries how many entries, delete markers included
 * @param deletes how many of them are delete markers
 * @param blob the file; its media type names the encoding
 */
public record Run(long number, int sequence, KeyGroupRange keyGroups, long entries, long deletes, Blob blob) {

    public Run {
        if (number < 0 || sequence < 0) {
            throw new IllegalArgumentException("a run cannot be numbered " + number + "." + sequence);
        }
        if (deletes < 0 || entries < deletes) {
            throw new IllegalArgumentException(
                    "a run of %d entries cannot have %d deletes".formatted(entries, deletes));
        }
    }

    /** Length of its file. */
    public long sizeBytes() {
        return blob.sizeBytes();
    }
}
