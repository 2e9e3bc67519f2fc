package io.strandline.api.state;

import java.util.List;

/**
 * A list of one subtask, whatever the key.
 *
 * <p>After a restore, one of {@link StateDescriptor#operatorList} has its share of what all subtasks had: the elements are dealt out
 * anew when the parallelism changes. One of {@link StateDescriptor#unionList} shows every subtask the elements of all of them, as
 * they were in the version, behind its own share; each element still belongs to one subtask, which alone keeps it, until that one
 * puts others in the place of its own.
 */
public interface OperatorListState<E> {

    /** The elements, not to be changed. */
    List<E> get();

    /** Adds one, which is this subtask's. */
    void add(E element);

    /** Puts others in the place of this subtask's elements; those of other subtasks are no longer seen here. */
    void update(List<E> elements);
}
