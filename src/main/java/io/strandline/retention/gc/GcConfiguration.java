package io.strandline.retention.gc;

import io.strandline.operation.Resumption;
import io.strandline.retention.plan.ClockGuard;
import io.strandline.retention.plan.Ticking;
import io.strandline.storage.SnapshotStores;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Makes the part that runs by time, on the process's monotonic clock, and says how an interrupted purge goes on. */
@Configuration(proxyBeanMethods = false)
class GcConfiguration {

    @Bean
    GcRounds gcRounds(GcRuns runs, ClockGuard clockGuard, GcSettings settings) {
        return new GcRounds(runs, clockGuard, settings, System::nanoTime);
    }

    /** The first collection after a start need not wait until every manifest has been read. */
    @Bean
    Ticking manifestsHeardAhead(SecondWitness witness, SnapshotStores stores) {
        return () -> witness.hearAhead(stores.durable());
    }

    /** A purge goes on after a restart: it only finds what is still in the trash. */
    @Bean
    Resumption interruptedPurge(GcRuns runs, JsonMapper json) {
        return new Resumption(
                GcRuns.PURGE,
                left -> Optional.of(runs.resumedPurge(left, json.readValue(left.request(), PurgeRequest.class))));
    }
}
