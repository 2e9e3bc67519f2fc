package io.strandline.state.diff;

import io.strandline.snapshot.Run;
import io.strandline.state.RunReader;
import io.strandline.state.run.RunFiles;
import io.strandline.state.run.StoredRun;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The runs of a version that were needed so far, each opened once and closed when the walk is past its key groups. */
final class OpenRuns implements Closeable {

    private final RunFiles files;
    private final Map<Run.Content, Opened> open = new HashMap<>();

    OpenRuns(RunFiles files) {
        this.files = files;
    }

    List<StoredRun> of(List<Run> runs) throws IOException {
        List<StoredRun> opened = new ArrayList<>();
        for (Run run : runs) {
            opened.add(new StoredRun(run, reader(run)));
        }
        return opened;
    }

    /** Closes what has nothing from a key group on. */
    void closeBefore(int keyGroup) throws IOException {
        for (Iterator<Opened> all = open.values().iterator(); all.hasNext(); ) {
            Opened candidate = all.next();
            if (candidate.last < keyGroup) {
                all.remove();
                candidate.reader.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        closeBefore(Integer.MAX_VALUE);
    }

    private RunReader reader(Run run) throws IOException {
        Run.Content name = run.content();
        Opened known = open.get(name);
        RunReader reader = known == null ? files.open(run) : known.reader;
        int last = Math.max(run.keyGroups().last(), known == null ? 0 : known.last);
        open.put(name, new Opened(reader, last));
        return reader;
    }

    /** A reader and the last key group it was asked for. */
    private record Opened(RunReader reader, int last) {}
}
