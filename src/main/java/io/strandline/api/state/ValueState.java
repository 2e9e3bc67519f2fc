package io.strandline.api.state;

import org.jspecify.annotations.Nullable;

/** One value of the current key. A value that was read is not to be changed in place; {@link #update} is what is kept. */
public interface ValueState<T> {

    /** The value; null when there is none. */
    @Nullable
    T value();

    /** The value, or {@code otherwise} when there is none. */
    default T valueOr(T otherwise) {
        T value = value();
        return value == null ? otherwise : value;
    }

    /** Puts a value in its place. */
    void update(T value);

    /** Removes it. */
    void clear();
}
