package io.strandline.inspect.diff;

import io.strandline.catalog.Catalog;
import io.strandline.operation.Resumption;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Says how an interrupted diff goes on: it only reads, so it is made again. */
@Configuration(proxyBeanMethods = false)
class DiffResumption {

    @Bean
    Resumption interruptedDiff(Diffs diffs, Catalog catalog, JsonMapper json) {
        return new Resumption(
                Diffs.DIFF,
                left -> Optional.ofNullable(left.jobId())
                        .flatMap(catalog::job)
                        .map(job -> diffs.resumed(job, json.readValue(left.request(), Diffs.Asked.class))));
    }
}
