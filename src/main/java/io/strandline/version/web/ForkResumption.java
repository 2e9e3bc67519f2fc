package io.strandline.version.web;

import io.strandline.catalog.Cause;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption;
import io.strandline.version.Branches;
import io.strandline.version.ForkPlan;
import io.strandline.version.ForkRequest;
import io.strandline.version.InterruptedForks;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Says how an interrupted fork goes on, with the result that its request was promised. */
@Configuration(proxyBeanMethods = false)
class ForkResumption {

    @Bean
    Resumption interruptedFork(InterruptedForks forks, Branches branches, Operations operations, JsonMapper json) {
        return new Resumption(
                BranchController.FORK,
                left -> Optional.ofNullable(left.jobId())
                        .flatMap(
                                job -> forks.prepare(left.id(), job, json.readValue(left.request(), ForkRequest.class)))
                        .map(rest -> {
                            ForkPlan plan = rest.plan();
                            plan.claim()
                                    .heldFor(
                                            left.id(),
                                            () -> operations.get(left.id()).finished());
                            Cause cause = new Cause(left.actor(), null, left.id(), null);
                            return new Resumption.Rest(
                                    course -> {
                                        forks.run(rest, course);
                                        return BranchResponse.of(branches.get(
                                                plan.job(), plan.branch().name()));
                                    },
                                    () -> forks.giveUp(rest, left.id(), cause));
                        }));
    }
}
