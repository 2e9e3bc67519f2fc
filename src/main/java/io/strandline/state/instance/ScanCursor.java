package io.strandline.state.instance;

import io.strandline.state.RunReader;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.StoredRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cursor over several runs that closes them with itself. */
record ScanCursor(RunReader.Cursor entries, List<StoredRun> runs) implements RunReader.Cursor {

    private static final System.Logger LOG = System.getLogger(ScanCursor.class.getName());

    @Override
    public boolean next() throws IOException {
        return entries.next();
    }

    @Override
    public ByteBuffer key() {
        return entries.key();
    }

    @Override
    public @Nullable ByteBuffer value() {
        return entries.value();
    }

    @Override
    public void close() {
        entries.close();
        try {
            RunFiles.close(runs);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a run that was read could not be closed", e);
        }
    }
}
