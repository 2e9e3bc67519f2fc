package io.strandline.storage.disk;

/** The power went out at this call. */
public final class SimulatedCrash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(String call) {
        super(call);
    }
}
