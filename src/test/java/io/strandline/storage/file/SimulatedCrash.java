package io.strandline.storage.file;

/** The power went out at this call; nothing after it happens. */
final class SimulatedCrash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SimulatedCrash(String call) {
        super(call);
    }
}
