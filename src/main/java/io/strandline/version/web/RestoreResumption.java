package io.strandline.version.web;

import io.strandline.catalog.Cause;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption;
import io.strandline.version.InterruptedRestores;
import io.strandline.version.InterruptedRestores.Rest;
import io.strandline.version.RestoreRequest;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Says how an interrupted restore goes on, with the result that its request was promised. */
@Configuration(proxyBeanMethods = false)
class RestoreResumption {

    @Bean
    Resumption interruptedRestore(InterruptedRestores restores, Operations operations, JsonMapper json) {
        return new Resumption(
                RestoreController.TYPE,
                left -> prepare(left, restores, json).map(rest -> {
                    rest.plan()
                            .claim()
                            .heldFor(left.id(), () -> operations.get(left.id()).finished());
                    Cause cause = new Cause(left.actor(), null, left.id(), null);
                    return new Resumption.Rest(
                            course -> RestoreResponse.of(rest.plan(), restores.run(rest, course)),
                            () -> restores.giveUp(rest, left.id(), cause));
                }));
    }

    private static Optional<Rest> prepare(LoggedOperation left, InterruptedRestores restores, JsonMapper json) {
        String jobId = left.jobId();
        return jobId == null
                ? Optional.empty()
                : restores.prepare(left.id(), jobId, json.readValue(left.request(), RestoreRequest.class));
    }
}
