package io.strandline.api.state;

/**
 * How values are added up.
 *
 * @param <I> what is added
 * @param <A> what is kept
 * @param <R> what comes out
 */
public interface AggregateFunction<I, A, R> {

    /** What is kept before anything was added. */
    A start();

    /** What is kept after {@code value} was added; a new object, or {@code kept} itself. */
    A add(I value, A kept);

    /** What comes out. */
    R result(A kept);
}
