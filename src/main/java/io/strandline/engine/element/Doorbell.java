package io.strandline.engine.element;

import java.lang.invoke.VarHandle;

/**
 * Wakes whoever steps a subtask: rung when something has changed that may let the subtask get on. By any thread; cheap when
 * nobody sleeps.
 */
public final class Doorbell {

    private volatile Runnable wake = () -> {};

    /** From now on {@code wakes} is run; it has to return at once. */
    public void connect(Runnable wakes) {
        wake = wakes;
    }

    /** What was changed before is seen by the one who is woken, or by him who is just about to fall asleep. */
    public void ring() {
        VarHandle.fullFence();
        wake.run();
    }
}
