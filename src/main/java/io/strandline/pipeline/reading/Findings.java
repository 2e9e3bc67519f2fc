package io.strandline.pipeline.reading;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.util.ArrayList;
import java.util.List;

/** Everything found wrong in a document, in the order of finding, so that one answer names all of it. */
final class Findings {

    private static final int MOST = 100;

    private final List<FieldError> errors = new ArrayList<>();
    private int unsupported;

    void add(String pointer, String detail) {
        errors.add(new FieldError(pointer, detail));
    }

    /** Something that the document language has or will have, and this release cannot run. */
    void addNotSupported(String pointer, String detail) {
        errors.add(new FieldError(pointer, detail));
        unsupported++;
    }

    int count() {
        return errors.size();
    }

    /** Throws if there are any: {@code not-supported} if that is all that is wrong, else {@code invalid-pipeline}. */
    void throwIfAny() {
        if (errors.isEmpty()) {
            return;
        }
        ErrorCode code = unsupported == errors.size() ? ErrorCode.NOT_SUPPORTED : ErrorCode.INVALID_PIPELINE;
        throw new StrandlineException(
                Problem.of(code, summary()).withErrors(errors.size() <= MOST ? errors : errors.subList(0, MOST)));
    }

    private String summary() {
        FieldError first = errors.get(0);
        String place = first.pointer().isEmpty() ? "" : " at " + first.pointer();
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more, listed under errors)";
        return "The pipeline document cannot be taken" + place + ": " + first.detail() + more;
    }
}
