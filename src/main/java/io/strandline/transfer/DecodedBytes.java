package io.strandline.transfer;

import io.strandline.operation.Work.Course;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells an operation how far the decoding of a version is, in bytes of its files, and ends it when the operation is cancelled. */
final class DecodedBytes implements SnapshotReader.Progress {

    private static final Size NOTHING = new Size(0, 0);

    private final Course course;
    private final Map<Name, Size> sizes = new HashMap<>();
    private final long total;
    private long before;
    private @Nullable Name now;

    DecodedBytes(SnapshotContent content, Course course) {
        this.course = course;
        for (OperatorContent operator : content.operators()) {
            for (StateContent state : operator.states()) {
                if (state.schema().form() != StateSchema.Form.IN_FLIGHT) {
                    long entries = state.runs().stream().mapToLong(Run::entries).sum();
                    Name name = new Name(operator.name(), state.schema().name());
                    sizes.merge(name, new Size(entries, state.totalBytes()), Size::plus);
                }
            }
        }
        this.total = sizes.values().stream().mapToLong(Size::bytes).sum();
    }

    /** A state of an operator. */
    private record Name(String operator, String state) {}

    /** What the runs of a state hold. */
    private record Size(long entries, long bytes) {

        Size plus(Size other) {
            return new Size(entries + other.entries, bytes + other.bytes);
        }

        /** Entries that a later run replaces are never seen, so that what is seen is fewer than all. */
        long bytesOf(long seen) {
            return entries == 0 ? bytes : (long) ((double) Math.min(seen, entries) / entries * bytes);
        }
    }

    @Override
    public void at(String operator, String state, long entries) {
        course.checkCancelled();
        Name name = new Name(operator, state);
        if (!name.equals(now)) {
            before += size(now).bytes();
            now = name;
        }
        course.progress(before + size(now).bytesOf(entries), total, "bytes");
    }

    /** All of it is decoded. */
    void done() {
        course.progress(total, total, "bytes");
    }

    private Size size(@Nullable Name name) {
        return name == null ? NOTHING : sizes.getOrDefault(name, NOTHING);
    }
}
