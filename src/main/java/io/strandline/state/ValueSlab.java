package io.strandline.state;

/**
 * The contents of a table's variable-width columns. Only appended to: what a reference names never changes, and a reference is
 * put into the table by writing it into the column's word. Owned by the table's thread.
 *
 * <p>A reference is valid until the next call on the table, which may move contents and writes the new references into the
 * table's words; read it from there. 0 names the empty content, which a new entry starts with.
 *
 * <pre>{@code
 * table.update(keys, null, entries);
 * long[] words = table.words();
 * words[entries[row] + 1] = table.values().append(words[entries[row] + 1], bytes, 0, length);
 * }</pre>
 */
public interface ValueSlab {

    /** The longest content: 16 MiB - 1. */
    int LONGEST = (1 << 24) - 1;

    /**
     * Stores a content.
     *
     * @return its reference
     * @throws IllegalArgumentException when it is longer than {@link #LONGEST}
     */
    long put(byte[] from, int at, int length);

    /**
     * Stores what {@code reference} names with more behind it. Costs about what is added, not what is there.
     *
     * @return its reference; the old one still names what it did
     * @throws IllegalArgumentException when it is longer than {@link #LONGEST}
     */
    long append(long reference, byte[] from, int at, int length);

    /** How many bytes a reference names. */
    int length(long reference);

    /** Copies what a reference names; returns its length. */
    int read(long reference, byte[] into, int at);
}
