package io.strandline.version.web;

import io.strandline.catalog.Cause;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption;
import io.strandline.version.move.FastForwardRequest;
import io.strandline.version.move.InterruptedMoves;
import io.strandline.version.move.InterruptedMoves.Rest;
import io.strandline.version.move.MoveRequest;
import io.strandline.version.move.PromoteRequest;
import io.strandline.version.move.RestoreRequest;
import io.strandline.version.move.UndoRequest;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Says how interrupted moves of heads go on, each with the result that its request was promised. */
@Configuration(proxyBeanMethods = false)
class MoveResumption {

    private final InterruptedMoves moves;
    private final Operations operations;
    private final JsonMapper json;

    MoveResumption(InterruptedMoves moves, Operations operations, JsonMapper json) {
        this.moves = moves;
        this.operations = operations;
        this.json = json;
    }

    @Bean
    Resumption interruptedRestore() {
        return of(MovesController.RESTORE, RestoreRequest.class);
    }

    @Bean
    Resumption interruptedFastForward() {
        return of(MovesController.FAST_FORWARD, FastForwardRequest.class);
    }

    @Bean
    Resumption interruptedPromotion() {
        return of(MovesController.PROMOTE, PromoteRequest.class);
    }

    @Bean
    Resumption interruptedUndo() {
        return of(MovesController.UNDO, UndoRequest.class);
    }

    private Resumption of(String operationType, Class<? extends MoveRequest> request) {
        return new Resumption(
                operationType,
                left -> prepare(left, request).map(rest -> {
                    rest.plan()
                            .heldFor(left.id(), () -> operations.get(left.id()).finished());
                    Cause cause = new Cause(left.actor(), null, left.id(), null);
                    return new Resumption.Rest(
                            course -> MovedResponse.of(rest.plan(), moves.run(rest, course)),
                            () -> moves.giveUp(rest, left.id(), cause));
                }));
    }

    private Optional<Rest> prepare(LoggedOperation left, Class<? extends MoveRequest> request) {
        String jobId = left.jobId();
        return jobId == null
                ? Optional.empty()
                : moves.prepare(left.id(), jobId, json.readValue(left.request(), request));
    }
}
