package io.strandline.operation;

import io.strandline.catalog.Cause;
import io.strandline.operation.Work.Course;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes stages and progress, and can be cancelled. */
public final class NotedCourse implements Course {

    private final List<String> notes = new ArrayList<>();
    private boolean cancelled;

    public List<String> notes() {
        return notes;
    }

    public void cancel() {
        cancelled = true;
    }

    @Override
    public String operationId() {
        return "operation-1";
    }

    @Override
    public Cause cause() {
        return Cause.system("test");
    }

    @Override
    public void stage(String name) {
        notes.add(name);
    }

    @Override
    public void progress(long done, @Nullable Long total, String unit) {
        notes.add(done + " of " + total + " " + unit);
    }

    @Override
    public boolean cancelRequested() {
        return cancelled;
    }

    @Override
    public void checkCancelled() {
        if (cancelled) {
            throw new StrandlineException(ErrorCode.CANCELLED, "cancelled");
        }
    }
}
