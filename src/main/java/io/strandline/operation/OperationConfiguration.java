package io.strandline.operation;

import io.strandline.catalog.Ledger;
import io.strandline.catalog.work.OperationLog;
import io.strandline.snapshot.TimeOrderedIds;
import io.strandline.web.EffectAnswer;
import io.strandline.web.PreferWait;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes the one {@link Operations} of the server, and says how its effects are answered. */
@Configuration(proxyBeanMethods = false)
class OperationConfiguration {

    @Bean
    Operations operations(
            Ledger ledger,
            OperationLog operationLog,
            TimeOrderedIds ids,
            JsonMapper json,
            Clock clock,
            OperationSettings settings) {
        return new Operations(ledger, operationLog, ids, json, clock, settings);
    }

    /** A request that became an operation is answered with it. */
    @Bean
    EffectAnswer acceptedOperation(Operations operations, OperationAnswers answers) {
        return new EffectAnswer("operation-accepted", effects -> {
            Operation accepted = operations.get(effects.get(0).id());
            return answers.answer(accepted, new PreferWait(Duration.ZERO));
        });
    }
}
