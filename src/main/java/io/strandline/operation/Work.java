package io.strandline.operation;

import io.strandline.catalog.Cause;
import org.jspecify.annotations.Nullable;

/** What an operation does. */
@FunctionalInterface
public interface Work {

    /**
     * Does it, on a thread of the operations' own that is never interrupted: long work asks {@link Course#checkCancelled}
     * now and then. What it throws becomes the operation's problem.
     *
     * @return what it made, any value that becomes JSON
     */
    @Nullable
    Object run(Course course) throws Exception;

    /** The way from the work back to those who follow it. */
    interface Course {

        /** The operation's id. */
        String operationId();

        /** Who and why, within this operation: the cause of the changes it makes. */
        Cause cause();

        /** Ends the present stage, if any, and begins the next. */
        void stage(String name);

        /** Tells how far the present stage is. */
        void progress(long done, @Nullable Long total, String unit);

        /** Whether somebody asked to cancel it. */
        boolean cancelRequested();

        /** Throws {@code cancelled} when somebody asked to cancel it; call where stopping leaves nothing half done. */
        void checkCancelled();
    }
}
