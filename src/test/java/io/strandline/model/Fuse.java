package io.strandline.model;

/** Takes the power away in the middle of something: after so many more fsyncs of the journal there are none. */
final class Fuse implements Runnable {

    private int left = Integer.MAX_VALUE;
    private int done;
    private boolean burnt;

    /** The power is gone; whatever the process still does is in vain. */
    static final class PowerLost extends Error {

        private static final long serialVersionUID = 1;

        PowerLost() {
            super("the power is cut");
        }
    }

    void burnsAfter(int syncs) {
        left = syncs;
        done = 0;
        burnt = false;
    }

    void putOut() {
        burnsAfter(Integer.MAX_VALUE);
    }

    /** How many fsyncs there were. */
    int done() {
        return done;
    }

    /** Whether the power is gone. */
    boolean burnt() {
        return burnt;
    }

    @Override
    public void run() {
        if (done >= left) {
            burnt = true;
            throw new PowerLost();
        }
        done++;
    }
}
