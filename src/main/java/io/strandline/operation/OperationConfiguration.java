package io.strandline.operation;

import io.strandline.catalog.Ledger;
import io.strandline.catalog.work.OperationLog;
import io.strandline.snapshot.TimeOrderedIds;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes the one {@link Operations} of the server. */
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
}
