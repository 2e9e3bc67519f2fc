package io.strandline.api.state;

import java.util.List;

/** A list of the current key. To add costs about what is added, not what is there. */
public interface ListState<E> {

    /** All elements, which are not to be changed; empty when there are none. */
    List<E> get();

    /** Adds one behind the others. */
    void add(E element);

    /** Puts others in their place. */
    void update(List<E> elements);

    /** Removes all. */
    void clear();
}
