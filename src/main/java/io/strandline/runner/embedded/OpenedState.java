package io.strandline.runner.embedded;

import io.strandline.state.InstanceState;
import io.strandline.storage.Staging;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** What a start has opened so far: to be closed when it fails; what it carried over, when its instance ends. */
final class OpenedState {

    private static final System.Logger LOG = System.getLogger(OpenedState.class.getName());

    private @Nullable Staging carried;
    private @Nullable InstanceState state;

    /** Keeps the area that pins files copied from another store. */
    void carried(Staging area) {
        carried = area;
    }

    /** Keeps the state, which its instance closes once it has started. */
    InstanceState state(InstanceState opened) {
        state = opened;
        return opened;
    }

    /** Closes all of it because the start has failed. */
    void closeAfter(Exception failed) {
        close(state, failed);
        close(carried, failed);
    }

    /** Lets go of what was carried over: the instance has ended. */
    void closeCarried() {
        if (carried == null) {
            return;
        }
        try {
            carried.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a staging area stays behind until the next start", e);
        }
    }

    private static void close(@Nullable Closeable opened, Exception failed) {
        if (opened == null) {
            return;
        }
        try {
            opened.close();
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }
}
