package io.strandline.api.state;

/** How values are added up where two sums may turn out to be one, as those of two sessions that a late value links. */
public interface MergingAggregateFunction<I, A, R> extends AggregateFunction<I, A, R> {

    /** What is kept of all values of both; a new object, or one of them. */
    A merge(A one, A other);
}
