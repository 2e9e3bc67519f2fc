package io.strandline.inspect.campaign;

import io.strandline.catalog.Cause;
import io.strandline.operation.Work.Course;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A verification that nobody follows; it ends when the server stops. */
record CampaignCourse(BooleanSupplier stopping) implements Course {

    @Override
    public String operationId() {
        return "verification-campaign";
    }

    @Override
    public Cause cause() {
        return Cause.system("verification campaign");
    }

    @Override
    public void stage(String name) {
        // nobody asks how far it is
    }

    @Override
    public void progress(long done, @Nullable Long total, String unit) {
        // nobody asks how far it is
    }

    @Override
    public boolean cancelRequested() {
        return stopping.getAsBoolean();
    }

    @Override
    public void checkCancelled() {
        if (cancelRequested()) {
            throw new StrandlineException(ErrorCode.CANCELLED, "The server stops.");
        }
    }
}
