package io.strandline.transfer.web;

import io.strandline.catalog.Cause;
import io.strandline.operation.Work.Course;
import org.jspecify.annotations.Nullable;

/** The course of an operation that ends at one of the steps where it tells how far it is. */
final class EndingCourse implements Course {

    private final RuntimeException end;
    private int left;

    /** Ends with {@code end} once {@code steps} have gone well. */
    EndingCourse(int steps, RuntimeException end) {
        this.left = steps;
        this.end = end;
    }

    private void step() {
        if (left-- == 0) {
            throw end;
        }
    }

    @Override
    public String operationId() {
        return "019ca6b4-748b-75f3-b4ec-bff843e13794";
    }

    @Override
    public Cause cause() {
        return Cause.system("test").within(operationId());
    }

    @Override
    public void stage(String name) {
        step();
    }

    @Override
    public void progress(long done, @Nullable Long total, String unit) {
        step();
    }

    @Override
    public boolean cancelRequested() {
        return false;
    }

    @Override
    public void checkCancelled() {
        step();
    }
}
