package io.strandline.state.run;

import io.strandline.snapshot.Run;
import io.strandline.snapshot.ValueConversion;
import io.strandline.state.RunFormat;
import io.strandline.state.RunReader;
import io.strandline.storage.BlobReader;
import io.strandline.storage.Digest;
import io.strandline.storage.SnapshotStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Opens runs of a store, each by the format that its media type names. */
public final class RunFiles {

    private final Blobs blobs;
    private final List<RunFormat> formats;

    /** Reads the given formats. */
    public RunFiles(SnapshotStore store, List<RunFormat> formats) {
        this(store::open, formats);
    }

    /** Reads the given formats from files that somebody opens. */
    public RunFiles(Blobs blobs, List<RunFormat> formats) {
        this.blobs = blobs;
        this.formats = List.copyOf(formats);
    }

    /** Where runs' files come from. */
    @FunctionalInterface
    public interface Blobs {

        /** Opens a file for reading. */
        BlobReader open(Digest digest) throws IOException;
    }

    /** Opens one run, whose values are read under its state's schema; closing the reader closes its file. */
    public RunReader open(Run run) throws IOException {
        RunFormat format = formats.stream()
                .filter(candidate -> candidate.mediaType().equals(run.blob().mediaType()))
                .findFirst()
                .orElseThrow(() -> new IOException("run %s has the media type %s, which nothing here reads"
                        .formatted(run.blob().digest(), run.blob().mediaType())));
        BlobReader blob = blobs.open(run.blob().digest());
        RunReader reader = null;
        try {
            reader = format.reader(blob);
            ValueConversion conversion = run.conversion();
            return conversion == null ? reader : new ConvertedRun(reader, conversion);
        } finally {
            if (reader == null) {
                blob.close();
            }
        }
    }

    /** Opens a list of runs; the caller closes every reader. */
    public List<StoredRun> open(List<Run> runs) throws IOException {
        List<StoredRun> opened = new ArrayList<>();
        boolean complete = false;
        try {
            for (Run run : runs) {
                opened.add(new StoredRun(run, open(run)));
            }
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                close(opened);
            }
        }
    }

    /** Closes every reader of a list. */
    public static void close(List<StoredRun> opened) throws IOException {
        closeAll(opened.stream().map(StoredRun::reader).toList());
    }

    /** Closes all of them, even when one cannot be closed; throws the first failure then. */
    public static void closeAll(Collection<? extends Closeable> opened) throws IOException {
        IOException failed = null;
        for (Closeable one : opened) {
            try {
                one.close();
            } catch (IOException e) {
                if (failed == null) {
                    failed = e;
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
