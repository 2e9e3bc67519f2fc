package io.strandline.operation;

import io.strandline.web.PreferWait;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers requests that became operations: 202 with its Location, or 200 when it ended within {@code Prefer: wait}. */
@Component
public final class OperationAnswers {

    private static final String PATH = "/api/v1/operations/";

    private final Operations operations;

    OperationAnswers(Operations operations) {
        this.operations = operations;
    }

    /** The answer to the POST that {@code submitted} came from, after waiting as long as the client is willing to. */
    public ResponseEntity<Operation> answer(Operation submitted, PreferWait wait) {
        Operation operation = wait.duration().isZero() ? submitted : operations.await(submitted.id(), wait.duration());
        URI location = URI.create(PATH + operation.id());
        return operation.finished()
                ? ResponseEntity.ok()
                        .header("Content-Location", location.toString())
                        .body(operation)
                : ResponseEntity.accepted().location(location).body(operation);
    }
}
