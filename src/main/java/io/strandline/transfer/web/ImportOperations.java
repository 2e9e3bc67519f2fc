package io.strandline.transfer.web;

import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Submission;
import io.strandline.problem.StrandlineException;
import io.strandline.transfer.ImportOutcome;
import io.strandline.transfer.ImportRequest;
import io.strandline.transfer.Imports;
import io.strandline.transfer.Received;
import io.strandline.web.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Turns an archive that has arrived into the operation that makes a version of it. */
@Component
class ImportOperations {

    static final String IMPORT = "import";

    private final Imports imports;
    private final Operations operations;

    ImportOperations(Imports imports, Operations operations) {
        this.imports = imports;
        this.operations = operations;
    }

    /** Reads the archive and submits the operation. */
    Operation submit(ImportRequest wanted, HttpServletRequest request) throws IOException {
        operations.refuseWhenFull();
        Received received = imports.receive(wanted, request.getInputStream());
        try {
            // the caller's key covers the archive, so it is not known before that is read
            Caller caller = Caller.of(request);
            return operations.submit(
                    operations.newId(),
                    new Submission(IMPORT, received.jobId(), received.order(), caller.cause(null)),
                    course -> {
                        ImportOutcome outcome = imports.land(received, course);
                        return ImportResponse.of(outcome.job(), outcome.version(), outcome.head());
                    },
                    received::close);
        } catch (StrandlineException e) {
            received.close();
            throw e;
        }
    }
}
