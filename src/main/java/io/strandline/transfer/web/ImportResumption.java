package io.strandline.transfer.web;

import io.strandline.operation.Resumption;
import io.strandline.transfer.InterruptedImports;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says how an interrupted import ends: with the version it had committed, else with nothing of it left. */
@Configuration(proxyBeanMethods = false)
class ImportResumption {

    @Bean
    Resumption interruptedImport(InterruptedImports imports) {
        return new Resumption(
                ImportOperations.IMPORT,
                left -> imports.prepare(left.id())
                        .map(landed -> new Resumption.Rest(
                                course -> ImportResponse.of(landed.job(), landed.version(), landed.head()), () -> {})));
    }
}
