package io.strandline.state;

import java.io.IOException;

/** A way of keeping state while a job runs: {@code memory}, {@code filesystem} or {@code rocksdb}. */
public interface StateBackend {

    /** The name a pipeline chooses it by. */
    String name();

    /**
     * Opens the state of one job instance, empty or as a version holds it. Every file of that version has been checked
     * against its digest by the caller.
     */
    InstanceState open(InstanceStateRequest request) throws IOException;
}
