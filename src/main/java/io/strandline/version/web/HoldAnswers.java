package io.strandline.version.web;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Hold;
import io.strandline.catalog.Job;
import io.strandline.catalog.work.Effect;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.web.EffectAnswer;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How requests that placed a hold are answered from what they changed. */
@Configuration(proxyBeanMethods = false)
class HoldAnswers {

    @Bean
    EffectAnswer placedHold(Catalog catalog) {
        return new EffectAnswer("hold-placed", effects -> {
            Effect placed = effects.get(0);
            Job job = Optional.ofNullable(placed.jobId()).flatMap(catalog::job).orElseThrow(() -> gone(placed));
            Hold hold = catalog.hold(job.id(), placed.id()).orElseThrow(() -> gone(placed));
            return HoldController.placed(job, hold);
        });
    }

    private static StrandlineException gone(Effect placed) {
        return new StrandlineException(
                ErrorCode.HOLD_NOT_FOUND, "The hold " + placed.id() + " was placed and has been released since.");
    }
}
