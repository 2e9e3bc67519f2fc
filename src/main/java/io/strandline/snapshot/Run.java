package io.strandline.snapshot;

import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import org.jspecify.annotations.Nullable;

/**
 * One sorted file of a state: entries and delete markers that an attempt (or a spill, or a merge) wrote.
 *
 * @param number the attempt it is labelled with, in the job that wrote it: that of a version that was imported may be any; which
 *     of two runs wins is said by their order in the list
 * @param sequence tells runs of one number (spills and merges) apart
 * @param keyGroups the key groups its entries lie in
 * @param entries how many entries, delete markers included
 * @param deletes how many of them are delete markers
 * @param blob the file; its media type names the encoding
 * @param conversion how its values are read under the state's schema, null for as they are
 */
public record Run(
        long number,
        int sequence,
        KeyGroupRange keyGroups,
        long entries,
        long deletes,
        Blob blob,
        @Nullable ValueConversion conversion) {

    public Run {
        if (number < 0 || sequence < 0) {
            throw new IllegalArgumentException("a run cannot be numbered " + number + "." + sequence);
        }
        if (deletes < 0 || entries < deletes) {
            throw new IllegalArgumentException(
                    "a run of %d entries cannot have %d deletes".formatted(entries, deletes));
        }
    }

    /** One whose values are read as they are. */
    public Run(long number, int sequence, KeyGroupRange keyGroups, long entries, long deletes, Blob blob) {
        this(number, sequence, keyGroups, entries, deletes, blob, null);
    }

    /** The same file under another label. */
    public Run numbered(long newNumber, int newSequence) {
        return new Run(newNumber, newSequence, keyGroups, entries, deletes, blob, conversion);
    }

    /** What of the file lies in some of its key groups. */
    public Run within(KeyGroupRange part) {
        return new Run(number, sequence, part, entries, deletes, blob, conversion);
    }

    /** The same file under a changed schema. */
    public Run under(SchemaEvolution evolution, long[] initial) {
        ValueConversion now =
                conversion == null ? ValueConversion.none(evolution.stored().value()) : conversion;
        return new Run(number, sequence, keyGroups, entries, deletes, blob, now.then(evolution, initial));
    }

    /** What it shows. */
    public Content content() {
        boolean asStored = conversion == null || conversion.unchanged();
        return new Content(blob.digest(), asStored ? null : conversion);
    }

    /**
     * What a run shows, however it is labelled; runs that show the same can be read through one reader.
     *
     * @param file its file
     * @param conversion how its values are read, null for as they are
     */
    public record Content(Digest file, @Nullable ValueConversion conversion) {}

    /** Length of its file. */
    public long sizeBytes() {
        return blob.sizeBytes();
    }
}
