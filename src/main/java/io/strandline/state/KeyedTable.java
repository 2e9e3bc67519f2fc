package io.strandline.state;

import org.jspecify.annotations.Nullable;

/**
 * One keyed state of one subtask: keys (and namespaces) to values of a fixed number of 64-bit words, one a column; the word of
 * a STRING or BYTES column names what lies in {@link #values()}. Owned by one thread.
 *
 * <p>Values live in one flat array, so an operator updates a whole batch without a call per record:
 *
 * <pre>{@code
 * table.update(keys, namespaces, entries);      // finds or creates, marks dirty, saves what a freeze still needs
 * long[] words = table.words();                 // fetch after update: growing replaces the array
 * for (int row = 0; row < keys.size(); row++) {
 *     words[entries[row]] += 1;                 // entries[row] is the offset of the first word
 * }
 * }</pre>
 *
 * Offsets are valid until the next call on the table. New entries start with the table's initial words.
 */
public interface KeyedTable {

    /**
     * Finds or creates the entry of every row and readies it for being overwritten.
     *
     * @param namespaces one a row, or null for a state without namespace
     * @param entries out: for each row the offset of its first word in {@link #words()}
     */
    void update(KeyColumns keys, long @Nullable [] namespaces, int[] entries);

    /** Like {@link #update} but creates and dirties nothing; {@code -1} where there is no entry. */
    void find(KeyColumns keys, long @Nullable [] namespaces, int[] entries);

    /** Deletes the entry of every row, where there is one. */
    void remove(KeyColumns keys, long @Nullable [] namespaces);

    /** All values, flat; replaced when the table grows. */
    long[] words();

    /** The contents of STRING (as UTF-8) and BYTES columns. */
    ValueSlab values();

    /** Words a value takes. */
    int width();
}
