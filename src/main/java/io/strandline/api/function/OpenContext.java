package io.strandline.api.function;

import io.strandline.api.state.StateDescriptor;
import io.strandline.api.type.Type;

/** Takes a function's declarations. */
public interface OpenContext {

    /**
     * Declares a state.
     *
     * @throws IllegalArgumentException when a state of that name is declared already, or a keyed one without a key
     */
    <S> S state(StateDescriptor<S> descriptor);

    /** Declares timers of event time. */
    Timers eventTimers();

    /** Declares timers of the wall clock. One that was due while the job stood still fires when it goes on. */
    Timers processingTimers();

    /** Declares a side output. */
    <T> SideTag<T> sideOutput(String name, Type<T> type);

    /** The index of the subtask, from 0. */
    int subtask();
}
