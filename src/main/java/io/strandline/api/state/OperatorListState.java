package io.strandline.api.state;

import java.util.List;

/** A list of one subtask, whatever the key. At another parallelism the elements of all subtasks are shared out anew. */
public interface OperatorListState<E> {

    /** The subtask's elements, not to be changed. */
    List<E> get();

    /** Adds one. */
    void add(E element);

    /** Puts others in their place. */
    void update(List<E> elements);
}
